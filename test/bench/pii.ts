import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Course, countBytesInFile } from './pii/bytes-in-file.ts';
import { adversarialSamples, generatedSamples } from './pii/samples.ts';
import { type Score, type Scored, scoreSamples } from './pii/score-samples.ts';

/** The half that detectors may be looked at with, and the one that they may not. */
const SEEN_SEED = 20260301;
const HELD_SEED = 77003;
const PER_RULE = 30;
const PER_WAY = 4;

const isVerbose = process.argv.includes('-v');
const print = (line: string): void => console.log(line);
const share = (part: number, whole: number): string => (whole === 0 ? '   -' : (part / whole).toFixed(3));

function printScored(title: string, { byKind, byWhat, missed, wrong }: Scored, isSeen: boolean): void {
  print(`\n${title}`);
  print('kind            values  recall  findings  precision');
  const row = (name: string, { truths, found, right, findings }: Score): void =>
    print(
      `${name.padEnd(14)}${String(truths).padStart(8)}${share(found, truths).padStart(8)}${String(findings).padStart(10)}${share(right, findings).padStart(11)}`,
    );
  const all = { truths: 0, found: 0, right: 0, findings: 0 };
  for (const [kind, score] of byKind) {
    row(kind, score);
    for (const name of ['truths', 'found', 'right', 'findings'] as const) all[name] += score[name];
  }
  row('all', all);
  const weak = [...byWhat].filter(([, { truths, found }]) => found < truths);
  if (weak.length > 0)
    print(`below 1: ${weak.map(([what, { truths, found }]) => `${what} ${share(found, truths)}`).join(', ')}`);
  // What the held half misses is not shown, so that nobody tunes on it.
  if (!isVerbose || !isSeen) return;
  for (const line of missed) print(`  missed ${line}`);
  for (const line of wrong) print(`  wrong  ${line}`);
}

printScored('Generated, seen half', scoreSamples(generatedSamples('seen', SEEN_SEED, PER_RULE)), true);
printScored('Generated, held-out half', scoreSamples(generatedSamples('held', HELD_SEED, PER_RULE)), false);
printScored('Adversarial, seen half', scoreSamples(adversarialSamples(SEEN_SEED + 1, PER_WAY)), true);
printScored('Adversarial, held-out half', scoreSamples(adversarialSamples(HELD_SEED + 1, PER_WAY)), false);

const folder = mkdtempSync(join(tmpdir(), 'rag-pii-'));
try {
  mkdirSync(join(folder, 'documents'));
  print('\nBytes of the database after an ingest (main file and log), each value in the ways it may be written');
  const courses: readonly (readonly [string, Course])[] = [
    ['redact', { treatment: 'redact', isOwn: false, isLate: false }],
    ['pseudonymize', { treatment: 'pseudonymize', isOwn: false, isLate: false }],
    ["redact, the source's own", { treatment: 'redact', isOwn: true, isLate: false }],
    ['redact, stored raw before', { treatment: 'redact', isOwn: true, isLate: true }],
    ['pseudonymize, raw before', { treatment: 'pseudonymize', isOwn: true, isLate: true }],
  ];
  for (const [name, course] of courses) {
    const counted = await countBytesInFile(folder, course, [
      ...generatedSamples('held', HELD_SEED, PER_RULE),
      ...adversarialSamples(HELD_SEED + 1, PER_WAY),
    ]);
    print(
      `${name.padEnd(26)} ${counted.documents} documents, ${counted.versions} former versions, ${counted.values} values, ${counted.bytes} bytes searched: ${counted.found.length} values found`,
    );
    if (isVerbose) for (const line of counted.found) print(`  ${line}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
