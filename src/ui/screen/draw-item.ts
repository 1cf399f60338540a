import { renderMarkdown } from '../markdown/render-markdown.ts';
import { type Look, lineOf, type StyledLine, styled } from '../markdown/styled-text.ts';
import { wrapLine } from '../markdown/wrap-line.ts';
import type { Item, ItemContent } from '../state/types.ts';
import { drawSources } from './draw-sources.ts';
import { type ChatPage, paintOf, textWidth } from './page.ts';

/** Lines of a question that are repeated above its answer. */
const MAX_QUESTION_LINES = 40;

const TONES: Readonly<Record<'info' | 'warning' | 'error', { readonly look: Look; readonly label: string }>> = {
  info: { look: { dim: true }, label: '' },
  warning: { look: { color: 'yellow' }, label: 'warning: ' },
  error: { look: { color: 'red' }, label: 'error: ' },
};

/** One finished part of the conversation, a blank line above it. */
export function drawItem(item: ItemContent & Pick<Item, 'isTight'>, page: ChatPage): string {
  if (item.type === 'output') return `\n${item.text.trimEnd()}`;
  return [...(item.isTight ? [] : ['']), ...linesOf(item, page).map(paintOf(page))].join('\n');
}

function linesOf(item: Exclude<ItemContent, { type: 'output' }>, page: ChatPage): readonly StyledLine[] {
  const width = textWidth(page);
  switch (item.type) {
    case 'welcome':
      return item.lines.flatMap((line, index) =>
        wrapLine(lineOf(line, index === 0 ? { bold: true } : { dim: true }), width),
      );
    case 'question': {
      const lines = item.text.split('\n').flatMap((line) => wrapLine(lineOf(line, { bold: true }), width - 2));
      const shown = lines.length > MAX_QUESTION_LINES ? [...lines.slice(0, MAX_QUESTION_LINES), lineOf('…')] : lines;
      return shown.map((line, index) => [styled(index === 0 ? '› ' : '  ', { color: 'cyan', bold: true }), ...line]);
    }
    case 'rewritten':
      return wrapLine(lineOf(`searched for: ${item.text.replaceAll('\n', ' ')}`, { dim: true }), width);
    case 'markdown':
      return renderMarkdown(item.text, { width, hasColor: page.hasColor, highlight: page.highlight });
    case 'sources':
      return drawSources(item.sources, page);
    case 'note': {
      const { look, label } = TONES[item.tone];
      const message = `${label}${item.text}`.split('\n').flatMap((line) => wrapLine(lineOf(line, look), width));
      const hint = item.hint?.split('\n').flatMap((line) => wrapLine(lineOf(line, { dim: true }), width)) ?? [];
      return [...message, ...hint];
    }
  }
}
