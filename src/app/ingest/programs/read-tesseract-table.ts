import type { RecognizedPage } from '../../../parse/types.ts';

/** Rows of Tesseract's TSV that are words. */
const WORD_LEVEL = '5';

/**
 * Pages of Tesseract's TSV output (level, page, block, paragraph, line, word, left, top, width, height, confidence, text):
 * words joined by spaces, lines by line ends, paragraphs by empty lines; a word cut at a line's end is put together.
 */
export function readTesseractTable(table: string): RecognizedPage[] {
  type Page = { words: number; confidence: number; paragraphs: Map<string, Map<string, string[]>> };
  const pages = new Map<number, Page>();
  for (const row of table.split('\n')) {
    const [level, page, block, paragraph, line, , , , , , confidence, text = ''] = row.split('\t');
    if (level !== WORD_LEVEL || text.trim() === '') continue;
    const number = Number(page);
    const known = pages.get(number) ?? { words: 0, confidence: 0, paragraphs: new Map() };
    pages.set(number, known);
    known.words++;
    known.confidence += Math.max(0, Number(confidence) || 0);
    const lines = known.paragraphs.get(`${block}.${paragraph}`) ?? new Map<string, string[]>();
    known.paragraphs.set(`${block}.${paragraph}`, lines);
    const words = lines.get(line ?? '') ?? [];
    lines.set(line ?? '', words);
    words.push(text.trim());
  }
  return [...pages].map(([page, { words, confidence, paragraphs }]) => ({
    page,
    text: [...paragraphs.values()].map(joinLines).join('\n\n'),
    confidence: confidence / words,
  }));
}

const joinLines = (lines: ReadonlyMap<string, readonly string[]>): string =>
  [...lines.values()]
    .map((words) => words.join(' '))
    .join('\n')
    .replace(/(\p{Ll})-\n(\p{Ll}+)/gu, '$1$2\n')
    .replace(/\n /g, '\n');
