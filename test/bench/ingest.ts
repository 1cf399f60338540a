/**
 * Reads a folder of real and hostile documents through the whole pipeline, and compares what was stored with its
 * MANIFEST.tsv (path, type, source, expectation, ..., note) and its reference texts (refs/<path>.ref.txt).
 *
 *   npm run bench:ingest -- <folder with MANIFEST.tsv and docs/> [--results <file.jsonl>] [--bad 40]
 *
 * Prints for each type: right, wrong, slow (over 5 s), and the mean word overlap (F1) with the references; beside it,
 * where there are some, that of the usual libraries on the same files (pdf-parse; mammoth and turndown; Readability and
 * turndown), and the best figure that a library has reached elsewhere. Then what the slowest files took, and the largest
 * memory that a worker had, beside their bounds. An archive or a mailbox is judged by what was read out of it.
 * --results writes a line for each document: {path, status, message, text}.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SETTINGS } from '../../src/config/schema.ts';
import { mean } from '../../src/evaluate/metrics.ts';
import { type ItemOutcome, openKnowledgeBase } from '../../src/index.ts';
import { peakOfChildren } from './shared/peak-of-children.ts';
import { readWithLibraries } from './shared/read-with-libraries.ts';

const SLOW_MS = 5000;
/**
 * Word overlap of the best library on a set of 5,259 files, of which the folder's are a part, as its maintainers measured
 * it: pdfjs with character maps; mammoth and turndown; linkedom and Readability; officeparser; postal-mime.
 */
const BEST_LIBRARY: Readonly<Record<string, number>> = {
  pdf: 0.889,
  docx: 0.948,
  html: 0.955,
  pptx: 0.763,
  xlsx: 0.697,
  odt: 0.917,
  ods: 0.886,
  odp: 0.556,
  rtf: 0.881,
  epub: 0.95,
  eml: 0.933,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { results: { type: 'string' }, bad: { type: 'string', default: '40' } },
});
const limits = {
  timeoutS: SETTINGS['parse.timeoutMs'].default / 1000,
  memoryMiB: SETTINGS['parse.maxMemoryMb'].default,
};
const root = resolve(positionals[0] ?? '../shared/documents');
const folder = mkdtempSync(join(tmpdir(), 'rag-ingest-'));
const kb = await openKnowledgeBase({ path: join(folder, 'rag.db') });
const outcomes = new Map<string, ItemOutcome>();
const started = performance.now();
const peak = peakOfChildren();
for await (const event of kb.add(join(root, 'docs'))) {
  if (event.type === 'item-end') outcomes.set(event.outcome.path, event.outcome);
}
const elapsedMs = performance.now() - started;
peak.stop();
const members = new Map<string, ItemOutcome[]>();
for (const [path, outcome] of outcomes) {
  const container = path.split('!/')[0]!;
  if (container !== path) members.set(container, [...(members.get(container) ?? []), outcome]);
}

type Tally = { right: number; wrong: number; slow: number; overlaps: number[]; libraries: number[] };
const tallies = new Map<string, Tally>();
const bad: string[] = [];
let absent = 0;
const results: string[] = [];
const strings = readJson<Record<string, { in?: string[]; out?: string[] }>>(join(root, 'nasty_strings.json')) ?? {};

for (const line of readFileSync(join(root, 'MANIFEST.tsv'), 'utf8').split('\n').slice(1).filter(Boolean)) {
  const [path = '', fullType = '', , expectation = '', , tool = '', , note = ''] = line.split('\t');
  // Some names cannot be carried by every file system or archive; hidden files are left out unasked, as they should be.
  const isAbsent = !existsSync(join(root, path)) || (expectation === 'must-be-skipped' && /\/\./.test(path));
  if (isAbsent) absent++;
  if (isAbsent) continue;
  const type = fullType.split('/')[0] as string;
  const outcome = outcomeOf(path.slice('docs/'.length));
  const text = textOf(path.slice('docs/'.length));
  const tally = tallies.get(type) ?? { right: 0, wrong: 0, slow: 0, overlaps: [], libraries: [] };
  tallies.set(type, tally);
  const verdict = judge(outcome, expectation, note, text);
  const lacking = (strings[path]?.in ?? [])
    .filter((wanted) => !text.includes(wanted))
    .map((wanted) => `lacks ${wanted}`);
  const leaking = (strings[path]?.out ?? [])
    .filter((refused) => text.includes(refused))
    .map((refused) => `contains ${refused}`);
  const problems = [...(verdict ? [verdict] : []), ...(outcome && isStored(outcome) ? [...lacking, ...leaking] : [])];
  tally[problems.length > 0 ? 'wrong' : 'right']++;
  if (problems.length > 0) bad.push(`${path}: ${problems.join('; ')}`);
  if ((outcome?.readMs ?? 0) > SLOW_MS) tally.slow++;
  const reference = join(root, 'refs', `${path.slice('docs/'.length)}.ref.txt`);
  const counts =
    existsSync(reference) && !note.includes('DISPUTED') && (type !== 'html' || tool === 'human-articleBody');
  if (counts && outcome && (isStored(outcome) || (expectation === 'ok' && type !== 'html'))) {
    const expected = readFileSync(reference, 'utf8');
    tally.overlaps.push(wordOverlap(text, expected));
    const library = await readWithLibraries(type, readFileSync(join(root, path)));
    if (library !== null) tally.libraries.push(wordOverlap(library, expected));
  }
  results.push(
    JSON.stringify({
      path,
      status: resultStatus(outcome),
      message: outcome?.reason?.message ?? outcome?.warnings?.join(' ') ?? '',
      text,
    }),
  );
}

console.log(
  `${'type'.padEnd(8)}${'right'.padStart(7)}${'wrong'.padStart(7)}${'slow'.padStart(6)}${'F1'.padStart(8)}${'texts'.padStart(7)}${'libraries'.padStart(11)}${'elsewhere'.padStart(11)}`,
);
for (const [type, { right, wrong, slow, overlaps, libraries }] of [...tallies].sort()) {
  const cells = [
    String(right),
    String(wrong),
    String(slow),
    figure(overlaps),
    String(overlaps.length),
    figure(libraries),
    BEST_LIBRARY[type]?.toFixed(3) ?? '-',
  ];
  console.log(type.padEnd(8) + cells.map((cell, i) => cell.padStart([7, 7, 6, 8, 7, 11, 11][i] as number)).join(''));
}
const below = [...tallies].flatMap(([type, { overlaps, libraries }]) => {
  const best = Math.max(BEST_LIBRARY[type] ?? 0, libraries.length > 0 ? mean(libraries) : 0);
  return overlaps.length > 0 && mean(overlaps) < best
    ? [`${type} (${figure(overlaps)} against ${best.toFixed(3)})`]
    : [];
});
const sum = (field: 'right' | 'wrong' | 'slow') =>
  [...tallies.values()].reduce((total, tally) => total + tally[field], 0);
console.log(
  `${'all'.padEnd(8)}${String(sum('right')).padStart(7)}${String(sum('wrong')).padStart(7)}${String(sum('slow')).padStart(6)}`,
);
console.log(
  `\n${absent} of the manifest are not in the folder or hidden. ${outcomes.size} items in ${(elapsedMs / 1000).toFixed(1)} s.`,
);
console.log(`Below the best library: ${below.join(', ') || 'none'}.`);
const slowest = [...outcomes.values()].sort((a, b) => (b.readMs ?? 0) - (a.readMs ?? 0)).slice(0, 3);
const seconds = ({ readMs = 0, reason }: ItemOutcome) =>
  `${(readMs / 1000).toFixed(1)} s${reason?.code === 'PARSE_TIMEOUT' ? ' with its wait for a worker, then stopped' : ''}`;
console.log(
  `Slowest, of ${limits.timeoutS} s: ${slowest.map((outcome) => `${outcome.path} ${seconds(outcome)}`).join(', ')}.`,
);
console.log(`Largest memory of a worker, of ${limits.memoryMiB} MiB: ${Math.round(peak.bytes() / 2 ** 20)} MiB.`);
const failed = [...outcomes.values()].filter(({ status }) => status === 'failed');
const nameless = failed.filter(({ reason }) => !reason?.message);
console.log(`${failed.length} files were refused, ${nameless.length} of them without a reason.`);
for (const line of bad.slice(0, Number(values.bad))) console.log(`wrong: ${line}`);
if (values.results) writeFileSync(values.results, `${results.join('\n')}\n`);
kb.close();
rmSync(folder, { recursive: true, force: true });
process.exitCode = sum('wrong') > 0 || nameless.length > 0 ? 1 : 0;

function figure(overlaps: readonly number[]): string {
  return overlaps.length > 0 ? mean(overlaps).toFixed(3) : '-';
}

function isStored({ status }: ItemOutcome): boolean {
  return status === 'added' || status === 'moved' || status === 'unchanged' || status === 'updated';
}

/** Of a container from which something was read, what became of that. */
function outcomeOf(path: string): ItemOutcome | undefined {
  const own = outcomes.get(path);
  return own && isStored(own) ? own : (members.get(path)?.find(isStored) ?? own ?? members.get(path)?.[0]);
}

function textOf(path: string): string {
  const own = outcomes.get(path);
  // What is attached to a mail is not its text.
  const stored = own && isStored(own) ? [own] : (members.get(path) ?? []).filter(isStored);
  return stored.map(({ uri }) => kb.get(uri).text).join('\n\n');
}

function resultStatus(outcome: ItemOutcome | undefined): string {
  return outcome ? (isStored(outcome) ? 'indexed' : outcome.status) : 'lost';
}

/** Null when the outcome is one that the manifest allows. */
function judge(outcome: ItemOutcome | undefined, expectation: string, note: string, text: string): string | null {
  if (!outcome) return 'was not seen';
  const allowed = expectation.split('|');
  const message = outcome.reason?.message ?? outcome.warnings?.join(' ') ?? '';
  const words = /[\p{L}\p{N}]/u.test(text);
  const good =
    (allowed.includes('ok') && isStored(outcome)) ||
    (allowed.includes('must-fail-clearly') &&
      ((outcome.status === 'failed' && message !== '') || (isStored(outcome) && !words && message !== ''))) ||
    (expectation === 'must-fail-clearly' && note.includes('no text') && isStored(outcome) && words) ||
    // The manifest was written before archives were opened.
    (note.includes('archive: unpack first') && isStored(outcome) && outcome.path.includes('!/')) ||
    (allowed.includes('must-be-skipped') &&
      (outcome.status === 'skipped' || outcome.status === 'failed') &&
      message !== '');
  return good ? null : `${expectation} expected, but ${outcome.status}: ${message.slice(0, 120)}`;
}

/** F1 of the two bags of words; each Chinese, Japanese and Korean character is a word. */
function wordOverlap(a: string, b: string): number {
  const [left, right] = [wordCounts(a), wordCounts(b)];
  const size = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((total, count) => total + count, 0);
  let common = 0;
  for (const [word, count] of left) common += Math.min(count, right.get(word) ?? 0);
  const all = size(left) + size(right);
  return all > 0 ? (2 * common) / all : 0;
}

function wordCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('\u00ad', '')
    .replace(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]/g, ' $& ');
  for (const word of folded.match(/[\p{L}\p{N}]+/gu) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function readJson<T>(path: string): T | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : null;
}
