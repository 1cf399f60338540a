import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readBeir } from '../../../src/evaluate/read-beir.ts';

/** Half-open, in UTF-16 units of the document's `text`. */
export type GoldSpan = { readonly document: number; readonly start: number; readonly end: number };

export type SpanCollection = {
  readonly name: string;
  /** Whole documents as Markdown. */
  readonly documents: readonly { readonly title: string; readonly text: string }[];
  readonly questions: readonly { readonly id: string; readonly text: string; readonly spans: readonly GoldSpan[] }[];
};

type Line = Readonly<Record<string, string | number>>;

/**
 * A collection whose evidence are places of whole documents: docs.jsonl.gz with spans.jsonl where they are there, else
 * the entries of corpus.jsonl that share a title as one document, each below a heading where `headings` says so, and the
 * relevant ones as the evidence.
 */
export function readSpanCollection(folder: string, headings: boolean): SpanCollection {
  const { documents: entries, queries } = readBeir(folder);
  if (existsSync(join(folder, 'spans.jsonl'))) return readSpans(folder, queries);
  const byTitle = new Map<string, number>();
  const texts: { title: string; text: string }[] = [];
  const places = new Map<string, GoldSpan>();
  for (const { id, title, text } of entries) {
    const index = byTitle.get(title) ?? texts.length;
    byTitle.set(title, index);
    const document = texts[index] ?? { title, text: `# ${title}\n` };
    texts[index] = document;
    document.text += headings ? `\n## Page ${id.slice(id.lastIndexOf('p') + 1)}\n\n` : '\n';
    const start = document.text.length;
    document.text += `${text.trim()}\n`;
    places.set(id, { document: index, start, end: document.text.length - 1 });
  }
  return {
    name: basename(folder),
    documents: texts,
    questions: queries.map(({ id, text, judgements }) => ({
      id,
      text,
      spans: [...judgements].flatMap(([entry, grade]) => (grade > 0 ? (places.get(entry) ?? []) : [])),
    })),
  };
}

function readSpans(folder: string, queries: readonly { readonly id: string; readonly text: string }[]): SpanCollection {
  const lines = (text: string): Line[] =>
    text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as Line);
  const docs = lines(gunzipSync(readFileSync(join(folder, 'docs.jsonl.gz'))).toString('utf8'));
  const indexOf = new Map(docs.map(({ _id }, i) => [String(_id), i]));
  const prefixes = docs.map(({ title }) => `# ${title}\n\n`);
  const spans = new Map<string, GoldSpan[]>();
  for (const line of lines(readFileSync(join(folder, 'spans.jsonl'), 'utf8'))) {
    const document = indexOf.get(String(line.doc_id));
    if (document === undefined) continue;
    const text = String(docs[document]?.text);
    // Offsets are of code points in the files, of UTF-16 units here.
    const unit = (point: number): number =>
      [...text.slice(0, point * 2)].slice(0, point).join('').length + (prefixes[document] as string).length;
    const span = { document, start: unit(Number(line.start)), end: unit(Number(line.end)) };
    const key = String(line.query_id);
    spans.set(key, [...(spans.get(key) ?? []), span]);
  }
  return {
    name: basename(folder),
    documents: docs.map(({ title, text }, i) => ({ title: String(title), text: `${prefixes[i]}${text}` })),
    questions: queries.flatMap(({ id, text }) => {
      const gold = spans.get(id);
      return gold ? [{ id, text, spans: gold }] : [];
    }),
  };
}
