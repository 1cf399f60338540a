import type { SearchHit, SearchResult } from '../../app/types.ts';
import { renderCsv } from './csv.ts';
import { inAttribute, inMarkdown, inXml } from './escape-markup.ts';
import { fileNameOf, locationOf, placeOfHit } from './location.ts';

const placeOf = (hit: SearchHit) => ({ uri: hit.document.uri, page: hit.chunk.page, lines: hit.chunk.lines });

/** Comma-separated values (RFC 4180), one row for each hit. */
export const renderSearchCsv = (result: SearchResult): string =>
  renderCsv(
    ['rank', 'score', 'title', 'location', 'uri', 'page', 'line_start', 'line_end', 'heading', 'chunk', 'text'],
    result.hits.map((hit) => [
      hit.rank,
      hit.score,
      hit.document.title,
      locationOf(placeOf(hit)),
      hit.document.uri,
      hit.chunk.page,
      hit.chunk.lines?.start ?? null,
      hit.chunk.lines?.end ?? null,
      hit.chunk.headingPath.join(' > '),
      hit.chunk.id,
      hit.chunk.text,
    ]),
  );

/** Markdown with each passage as a quotation below its title and place. */
export function renderSearchMarkdown(result: SearchResult, workingFolder: string): string {
  const hits = result.hits.map((hit) => {
    const location = locationOf(placeOfHit(hit), workingFolder).replace(/[`\n\r]/g, ' ');
    const headings = hit.chunk.headingPath.length > 0 ? [`*${inMarkdown(hit.chunk.headingPath.join(' > '))}*`, ''] : [];
    const quote = hit.chunk.text
      .trim()
      .split('\n')
      .map((line) => `> ${line}`.trimEnd());
    return [
      `## ${hit.rank}. ${inMarkdown(hit.document.title)}`,
      '',
      `\`${location}\``,
      '',
      ...headings,
      ...quote,
      '',
    ].join('\n');
  });
  return hits.join('\n');
}

/** Well-formed XML, for prompts of language models and for XML tools. */
export function renderSearchXml(result: SearchResult): string {
  const hits = result.hits.map((hit) => {
    const attributes = { rank: hit.rank, score: hit.score, chunk: hit.chunk.id, location: locationOf(placeOf(hit)) };
    const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${inAttribute(String(value))}"`);
    const headings = hit.chunk.headingPath.map((heading) => `    <heading>${inXml(heading)}</heading>\n`).join('');
    return `  <hit${written.join('')}>\n    <title>${inXml(hit.document.title)}</title>\n${headings}    <text>${inXml(hit.chunk.text)}</text>\n  </hit>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<search query="${inAttribute(result.query)}" mode="${result.mode}">\n${hits.join('')}</search>\n`;
}

/** Paths or URLs of the documents, best first, each once. */
export const renderSearchFiles = (result: SearchResult, workingFolder: string): string =>
  [...new Set(result.hits.map((hit) => fileNameOf(hit.document.uri, workingFolder)))]
    .map((name) => `${name}\n`)
    .join('');
