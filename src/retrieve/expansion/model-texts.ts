import type { WriteText } from './types.ts';

/** What a model may send back; the rest is cut. In UTF-16 units. */
const MAX_PASSAGE_LENGTH = 2_000;
const MAX_QUERY_LENGTH = 300;
const MAX_QUERIES = 3;

/**
 * A passage such as could answer the question; its facts may be wrong, its words are what counts. Empty when the model
 * says nothing.
 * Source: HyDE, Gao et al., ACL 2023.
 */
export async function writeHypotheticalPassage(
  question: string,
  write: WriteText,
  signal?: AbortSignal,
): Promise<string> {
  const text = await write(
    `Write one short passage, as it could stand in a document, that answers this question. Write the passage only, without preface.\n\nQuestion: ${question}`,
    signal,
  );
  return text.trim().slice(0, MAX_PASSAGE_LENGTH);
}

/** At most three other wordings, none of them the question itself; empty when the model gives none. */
export async function writeOtherQueries(question: string, write: WriteText, signal?: AbortSignal): Promise<string[]> {
  const text = await write(
    `Write ${MAX_QUERIES} other search queries that would find documents which answer this question. Use other words for the same thing. One query per line, nothing else.\n\nQuestion: ${question}`,
    signal,
  );
  const lines = text.split('\n').map((line) =>
    line
      .replace(/^\s*(?:[-*•]|\(?\d{1,2}[.):])\s*/, '')
      .replace(/^["'“]|["'”]$/g, '')
      .trim(),
  );
  const different = lines.filter(
    (line) => /[\p{L}\p{N}]/u.test(line) && line.length <= MAX_QUERY_LENGTH && !isSame(line, question),
  );
  return [...new Set(different)].slice(0, MAX_QUERIES);
}

const isSame = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();
