/**
 * Measures what is known of documents without a model: languages of collections, kinds of the sample corpus, near copies among
 * generated ones, and what that takes of reading a document.
 *
 *   npm run bench:understanding -- [--data ../shared/eval] [--texts 300] [--documents 20000]
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { understandParsed } from '../../src/app/ingest/understand-parsed.ts';
import { findDuplicates } from '../../src/app/understanding/find-duplicates.ts';
import { parseDocument } from '../../src/parse/parse-document.ts';
import { detectLanguage } from '../../src/understand/language/detect-language.ts';
import { textSketch } from '../../src/understand/sketch/text-sketch.ts';
import { shingleHashes, shingleSimilarity, wordHashes } from '../../src/understand/sketch/word-hashes.ts';
import { addSampleSource, sampleDocument } from '../store/sample-document.ts';
import { randomNumbers } from '../understand/random-text.ts';
import { KINDS_OF_CORPUS } from './understanding/kinds-of-corpus.ts';
import { openBenchStore } from './understanding/open-bench-store.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/eval' },
    texts: { type: 'string', default: '300' },
    documents: { type: 'string', default: '20000' },
  },
});
const most = Number(values.texts);
const print = (line = ''): void => console.log(line);

const LANGUAGES = [
  ['xquad-en', 'en'],
  ['nfcorpus', 'en'],
  ['cranfield', 'en'],
  ['xquad-de', 'de'],
  ['xquad-es', 'es'],
  ['xquad-ar', 'ar'],
  ['xquad-hi', 'hi'],
  ['xquad-zh', 'zh'],
  ['cmrc2018-zh', 'zh'],
  ['jaquad-ja', 'ja'],
] as const;

function textsOf(collection: string): string[] {
  const file = join(values.data, collection, 'corpus.jsonl.gz');
  if (!existsSync(file)) return [];
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n');
  return lines.map((line) => (JSON.parse(line) as { text: string }).text).filter((text) => text.length > 0);
}

async function measureLanguages(): Promise<void> {
  print('Languages: whole texts, and their first 100 characters');
  print('collection    lang  texts   right  wrong  none |  right  wrong  none');
  for (const [collection, language] of LANGUAGES) {
    const texts = textsOf(collection).slice(0, most);
    if (texts.length === 0) continue;
    const judge = async (length: number | undefined): Promise<string> => {
      const counts = { right: 0, wrong: 0, none: 0 };
      for (const text of texts) {
        const found = await detectLanguage(text.slice(0, length));
        counts[found === language ? 'right' : found === null ? 'none' : 'wrong']++;
      }
      const share = (counts.right / texts.length).toFixed(3);
      return `${share.padStart(7)}${String(counts.wrong).padStart(7)}${String(counts.none).padStart(6)}`;
    };
    const [whole, head] = [await judge(undefined), await judge(100)];
    print(`${collection.padEnd(14)}${language.padEnd(4)}${String(texts.length).padStart(7)} ${whole} |${head}`);
  }
}

const LIMITS = { maxTextLength: 50_000_000, maxPages: 1000, maxInflatedBytes: 500_000_000 };

async function measureKinds(): Promise<void> {
  const counts = { right: 0, wrong: 0, missed: 0, none: 0 };
  const wrong: string[] = [];
  let parseMs = 0;
  let understandMs = 0;
  for (const path of readdirSync('fixtures/corpus', { recursive: true, encoding: 'utf8' }).sort()) {
    const expected = KINDS_OF_CORPUS[path];
    if (expected === undefined) continue;
    const bytes = readFileSync(join('fixtures/corpus', path));
    const started = performance.now();
    const { blocks: _, ...document } = await parseDocument({ bytes, name: basename(path), limits: LIMITS });
    const parsed = performance.now();
    const { understood } = await understandParsed(document, { name: basename(path), bytes: bytes.byteLength });
    parseMs += parsed - started;
    understandMs += performance.now() - parsed;
    const { kind } = understood.facts;
    if (kind === expected) counts[kind === null ? 'none' : 'right']++;
    else counts[kind === null ? 'missed' : 'wrong']++;
    if (kind !== expected && kind !== null) wrong.push(`${path}: ${kind}, not ${expected ?? 'any'}`);
  }
  const said = counts.right + counts.wrong;
  const had = counts.right + counts.missed + wrong.filter((line) => !line.endsWith('not any')).length;
  print(`\nKinds of the sample corpus: ${JSON.stringify(counts)}`);
  print(`precision ${(counts.right / said).toFixed(3)}, recall ${(counts.right / had).toFixed(3)}`);
  for (const line of wrong) print(`  ${line}`);
  print(`parsing ${parseMs.toFixed(0)} ms, understanding ${understandMs.toFixed(0)} ms`);
}

/** One word in so many is another; the last ones are other documents that share some text only. */
const EDITS = [0, 400, 150, 80, 40, 10];

async function measureDuplicates(): Promise<void> {
  const base = [...textsOf('nfcorpus'), ...textsOf('xquad-en')].filter((text) => text.length > 600);
  if (base.length === 0) return;
  const store = openBenchStore();
  const source = addSampleSource(store);
  const total = Number(values.documents);
  const originals = Math.floor(total / (EDITS.length + 1));
  const shinglesOf = (text: string): Set<number> => new Set(shingleHashes(wordHashes(text)));
  const wanted: string[] = [];
  let sketchMs = 0;
  const facts = { language: null, kind: null, kindBecause: [], warnings: [], dates: null };
  const put = (path: string, text: string): void => {
    const started = performance.now();
    const sketch = textSketch(text);
    sketchMs += performance.now() - started;
    const document = sampleDocument(source, { path, text, understood: { facts, sketch } });
    store.write((writer) => writer.putDocument({ ...document, chunks: [] }));
  };
  for (let at = 0; at < originals; at++) {
    // Beyond the texts that there are, shuffled sentences make others.
    const text = shuffled(base[at % base.length] as string, Math.floor(at / base.length));
    put(`${at}-original.txt`, text);
    const shingles = shinglesOf(text);
    for (const [n, every] of EDITS.entries()) {
      const copy = every === 0 ? text : edited(text, every, at * 10 + n);
      put(`${at}-${every}.txt`, copy);
      if (shingleSimilarity(shingles, shinglesOf(copy)) >= 0.9) wanted.push(`${at}-${every}.txt`);
    }
  }
  const started = performance.now();
  const { groups, documents } = await findDuplicates(store, {});
  const elapsedMs = performance.now() - started;
  const groupOf = new Map<string, number>();
  let mixed = 0;
  for (const [at, group] of groups.entries()) {
    for (const { path } of group.documents) groupOf.set(path, at);
    if (new Set(group.documents.map(({ path }) => path.split('-')[0])).size > 1) mixed++;
  }
  const found = wanted.filter((path) => {
    const group = groupOf.get(path);
    return group !== undefined && group === groupOf.get(`${path.split('-')[0]}-original.txt`);
  });
  print(
    `\nNear copies at .9 among ${documents} documents: ${wanted.length} copies are as alike as that to their original`,
  );
  print(`recall ${(found.length / wanted.length).toFixed(4)}; groups ${groups.length}, of several originals ${mixed}`);
  print(
    `found in ${(elapsedMs / 1000).toFixed(1)} s; sketches ${((sketchMs / documents) * 1000).toFixed(0)} µs a document`,
  );
  store.close();
}

function shuffled(text: string, seed: number): string {
  if (seed === 0) return text;
  const sentences = text.split(/(?<=\.) /);
  const order = randomNumbers(seed, sentences.length, 1_000_000);
  return sentences
    .map((sentence, at) => [order[at] as number, sentence] as const)
    .sort((a, b) => a[0] - b[0])
    .map(([, sentence]) => sentence)
    .join(' ');
}

function edited(text: string, every: number, seed: number): string {
  const words = text.split(' ');
  const changed = new Set(randomNumbers(seed, Math.max(1, Math.round(words.length / every)), words.length));
  return words.map((word, at) => (changed.has(at) ? `edit${seed}x${at}` : word)).join(' ');
}

await measureLanguages();
await measureKinds();
await measureDuplicates();
