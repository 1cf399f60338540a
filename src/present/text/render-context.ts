import type { ContextLayout, ContextResult, PackedPassage, SearchHit } from '../../app/types.ts';
import type { Hit } from '../../domain/search.ts';
import { describeValidity } from '../../domain/validity.ts';
import { renderEnvelope, renderJson } from '../json/stringify.ts';
import { contextToJson, packedPassageToJson } from '../json/v1/context.ts';
import { inAttribute, inMarkdown, inXml } from './escape-markup.ts';

/** How passages are written for another program, and the frame that they stand in. */
export type ContextFormat = ContextLayout & {
  /** The whole; its tokens are within `budgetTokens`. */
  render(result: ContextResult): string;
};

const emptyResult = (found: ContextResult['found']): ContextResult => ({
  question: found.query,
  budgetTokens: 9_999_999,
  tokens: 9_999_999,
  passages: [],
  found,
});

/** Markdown: a heading and a fenced block for each passage; the fence is longer than any within. */
export const markdownContext: ContextFormat = {
  frame: (found) => markdownHead(found.query),
  passage: ({ marker, hit, text }) => {
    const section = hit.chunk.headingPath.length > 0 ? `\n${inMarkdown(hit.chunk.headingPath.join(' > '))}` : '';
    const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
    const { validity } = validityOf(hit);
    const place = lineOf(`${placeInWords(hit)}${validity ? ` (${validity})` : ''}`);
    const ticks = '`'.repeat(longestRun(place) + 1);
    return `## [${marker}] ${inMarkdown(hit.document.title)}\n\n${ticks}${place}${ticks}${section}\n\n${fence}\n${text}\n${fence}`;
  },
  render: ({ found, passages }) =>
    `${markdownHead(found.query)}${passages.map(markdownContext.passage).join('\n\n')}\n`,
};

const markdownHead = (question: string): string => `# Passages for: ${inMarkdown(question)}\n\n`;

/** Most ticks in a row. */
const longestRun = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));

/** Well-formed XML. */
export const xmlContext: ContextFormat = {
  frame: (found) => `${xmlHead(found.query)}</context>\n`,
  passage: ({ marker, hit, text }) => {
    const attributes = {
      number: String(marker),
      title: hit.document.title,
      path: pathOf(hit),
      ...(hit.chunk.lines ? { lines: `${hit.chunk.lines.start}-${hit.chunk.lines.end}` } : {}),
      ...(hit.chunk.page === null ? {} : { page: String(hit.chunk.page) }),
      ...validityOf(hit),
      ...(hit.chunk.headingPath.length > 0 ? { section: hit.chunk.headingPath.join(' > ') } : {}),
    };
    const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${inAttribute(value)}"`);
    return `<passage${written.join('')}>\n${inXml(text)}\n</passage>`;
  },
  render: ({ found, passages }) =>
    `${xmlHead(found.query)}${passages.map((passage) => `${xmlContext.passage(passage)}\n`).join('')}</context>\n`,
};

const xmlHead = (question: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<context question="${inAttribute(question)}">\n`;

/** `rag.context/1`. */
export const jsonContext: ContextFormat = {
  frame: (found) => renderEnvelope('rag.context/1', contextToJson(emptyResult(found))),
  passage: (passage) => renderJson(packedPassageToJson(passage)).replace(/^/gm, ' '.repeat(6)),
  render: (result) => renderEnvelope('rag.context/1', contextToJson(result)),
};

const pathOf = (hit: Hit): string => ('path' in hit ? (hit as SearchHit).path : hit.document.uri);

/** `people/leave.md, lines 3-9`. */
function placeInWords(hit: PackedPassage['hit']): string {
  const { page, lines } = hit.chunk;
  if (page !== null) return `${pathOf(hit)}, page ${page}`;
  if (lines === null) return pathOf(hit);
  return lines.start === lines.end
    ? `${pathOf(hit)}, line ${lines.start}`
    : `${pathOf(hit)}, lines ${lines.start}-${lines.end}`;
}

function validityOf({ validity }: Hit): { readonly validity?: string } {
  const text = validity ? describeValidity(validity) : '';
  return text === '' ? {} : { validity: text };
}

const lineOf = (text: string): string => text.replace(/\s+/g, ' ');
