import type { Answer } from '../../domain/answer.ts';
import { escapeLine } from './escape-terminal.ts';
import { locationOf, placeOfHit } from './location.ts';
import { renderSnippet } from './snippet.ts';
import type { Page } from './style.ts';

/** Most characters of a quote that are shown below its source. */
const QUOTE_LENGTH = 200;

/**
 * The sources that an answer cites, by marker, with a place that can be opened. A quote that does not stand in the
 * stored text is marked. Empty when nothing is cited.
 */
export function renderSources(answer: Answer, page: Page): string {
  const markers = [...new Set(answer.citations.map((citation) => citation.marker))].sort((a, b) => a - b);
  const { style } = page;
  const lines: string[] = [];
  for (const marker of markers) {
    const hit = answer.hits[marker - 1];
    if (!hit) continue;
    const label = `[${marker}]`;
    const indent = ' '.repeat(label.length + 1);
    const own = answer.citations.filter((citation) => citation.marker === marker);
    const places = own.filter(({ verified }) => verified).map(({ place }) => placeOfHit({ ...hit, place }));
    const locations = (places.length > 0 ? places : [placeOfHit(hit)]).map((place) =>
      locationOf(place, page.workingFolder),
    );
    lines.push(`${label} ${style.bold(escapeLine(hit.document.title))}`);
    for (const location of new Set(locations)) lines.push(indent + style.place(escapeLine(location)));
    if (own.some(({ stale }) => stale))
      lines.push(indent + style.caution('not as it was read; `rag sync` reads it again'));
    for (const citation of own) {
      if (citation.verified) continue;
      const quote = citation.quote.length > QUOTE_LENGTH ? `${citation.quote.slice(0, QUOTE_LENGTH)}…` : citation.quote;
      const warning = `not in the source: "${quote}"`;
      const wrapped = renderSnippet(
        { text: warning, matches: [] },
        Math.max(20, page.width - indent.length),
        style.match,
      );
      lines.push(...wrapped.map((line) => indent + style.caution(line)));
    }
  }
  return lines.length === 0 ? '' : ['', style.bold('Sources'), ...lines].map((line) => `${line}\n`).join('');
}
