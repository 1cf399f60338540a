import type { SearchHit, SearchResult } from '../../app/types.ts';
import { renderCsv } from './csv.ts';
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

/** Text that stays text inside a line of Markdown. */
const inMarkdown = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>]/g, '\\$&');

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

/** XML 1.0 has no way to write most control characters; they become U+FFFD. */
const inXml = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\r/g, '&#13;');

/** In an attribute a reader of XML takes line ends and tabs for spaces, unless they are written out. */
const inAttribute = (text: string): string => inXml(text).replace(/\n/g, '&#10;').replace(/\t/g, '&#9;');

/** Paths or URLs of the documents, best first, each once. */
export const renderSearchFiles = (result: SearchResult, workingFolder: string): string =>
  [...new Set(result.hits.map((hit) => fileNameOf(hit.document.uri, workingFolder)))]
    .map((name) => `${name}\n`)
    .join('');
