import type { Span } from '../../domain/span.ts';
import { escapeLine } from './escape-terminal.ts';
import { wrapLines } from './wrap-lines.ts';

type Snippet = { readonly text: string; readonly matches: readonly Span[] };

/** A snippet on one line: white space runs become one space, hazards are written out, and the matches move along. */
export function flattenSnippet(snippet: Snippet): Snippet {
  const offsets: number[] = [];
  let text = '';
  for (let index = 0; index < snippet.text.length; index++) {
    const character = snippet.text[index]!;
    offsets.push(text.length);
    if (!/\s/.test(character)) text += escapeLine(character);
    else if (text !== '' && !text.endsWith(' ')) text += ' ';
  }
  offsets.push(text.length);
  const at = (position: number): number => offsets[Math.max(0, Math.min(position, snippet.text.length))]!;
  const matches = snippet.matches
    .map((match) => ({ start: at(match.start), end: at(match.end) }))
    .filter((match) => match.end > match.start)
    .sort((left, right) => left.start - right.start);
  return { text, matches };
}

/** Lines of a snippet, wrapped to `width` columns, with the matches painted. */
export function renderSnippet(snippet: Snippet, width: number, paint: (text: string) => string): string[] {
  const { text, matches } = flattenSnippet(snippet);
  return wrapLines(text, width).map((line) => {
    let rendered = '';
    let position = line.start;
    for (const match of matches) {
      const start = Math.max(match.start, position);
      const end = Math.min(match.end, line.end);
      if (end <= start) continue;
      rendered += text.slice(position, start) + paint(text.slice(start, end));
      position = end;
    }
    return rendered + text.slice(position, line.end);
  });
}
