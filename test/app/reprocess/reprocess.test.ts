import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ReprocessEvent, ReprocessOptions, ReprocessReport } from '../../../src/app/reprocess/types.ts';
import type { KnowledgeBase } from '../../../src/app/types.ts';
import { countingEmbedder, finish, openTemporary, temporaryFolder } from '../temporary-knowledge-base.ts';

const paragraph = (about: string, sentences: number): string =>
  Array.from({ length: sentences }, (_, i) => `The ${about} of part ${i} is told here in a sentence of its own.`).join(
    ' ',
  );

const LONG = ['leave', 'travel', 'training']
  .map((about) => `## ${about}\n\n${paragraph(about, 12)}\n\n${paragraph(`${about} plan`, 12)}`)
  .join('\n\n');

async function run(knowledgeBase: KnowledgeBase, options: ReprocessOptions = {}) {
  const events: ReprocessEvent[] = [];
  for await (const event of knowledgeBase.reprocess(options)) events.push(event);
  const last = events.at(-1);
  if (last?.type !== 'reprocess-end') throw new Error('The stream did not end with reprocess-end.');
  const items = events.flatMap((event) => (event.type === 'item-end' ? [event.item] : []));
  return { report: last.report as ReprocessReport, items };
}

const chunksOf = (knowledgeBase: KnowledgeBase, path: string): number =>
  knowledgeBase.list().find((document) => document.path === path)?.chunks ?? 0;

async function filled() {
  const folder = temporaryFolder({ 'long.md': `# Handbook\n\n${LONG}\n`, 'short.md': '# Short\n\nOne line.\n' });
  const embedder = countingEmbedder();
  const knowledgeBase = await openTemporary({ embedder });
  await finish(knowledgeBase.add(folder.path));
  embedder.embedded.length = 0;
  return { folder, embedder, knowledgeBase };
}

test('nothing that is as wanted is written or embedded', async () => {
  const { knowledgeBase, embedder } = await filled();
  const before = knowledgeBase.list();
  const { report } = await run(knowledgeBase);
  expect(report).toMatchObject({ counts: { changed: 0, unchanged: 2, failed: 0 }, fromStored: 0 });
  expect(embedder.embedded).toEqual([]);
  expect(knowledgeBase.list()).toEqual(before);
});

test('smaller passages are cut, and only new ones are embedded', async () => {
  const { knowledgeBase, embedder } = await filled();
  const before = chunksOf(knowledgeBase, 'long.md');
  const { report, items } = await run(knowledgeBase, { processing: { targetTokens: 60, maxTokens: 100 } });
  expect(items.map(({ path, status }) => `${status} ${path}`).sort()).toEqual([
    'changed long.md',
    'unchanged short.md',
  ]);
  expect(chunksOf(knowledgeBase, 'long.md')).toBeGreaterThan(before);
  expect(embedder.embedded).toHaveLength(report.chunks.after - report.chunks.kept);
  const found = await knowledgeBase.search('training plan of part 7', { mode: 'lexical', limit: 1 });
  expect(found.hits[0]?.chunk.tokens).toBeLessThan(120);
});

test('a dry run says what would change, and changes nothing', async () => {
  const { knowledgeBase, embedder } = await filled();
  const before = knowledgeBase.list();
  const dry = await run(knowledgeBase, { processing: { targetTokens: 60, maxTokens: 100 }, dryRun: true });
  expect(knowledgeBase.list()).toEqual(before);
  expect(embedder.embedded).toEqual([]);
  const real = await run(knowledgeBase, { processing: { targetTokens: 60, maxTokens: 100 } });
  expect({ ...dry.report, dryRun: false, elapsedMs: 0 }).toEqual({ ...real.report, elapsedMs: 0 });
});

test('the sizes are remembered with the documents, through edits, renames and a time of not being readable', async () => {
  const { folder, knowledgeBase } = await filled();
  await run(knowledgeBase, {
    filter: { paths: ['long.md'] },
    processing: { targetTokens: 60, maxTokens: 100, overlapTokens: 20 },
  });
  const small = chunksOf(knowledgeBase, 'long.md');
  folder.write({ 'long.md': `# Handbook\n\n${LONG}\n\nOne more line.\n` });
  await finish(knowledgeBase.sync());
  expect(chunksOf(knowledgeBase, 'long.md')).toBeGreaterThanOrEqual(small);
  folder.write({ 'moved.md': `# Handbook\n\n${LONG}\n\nOne more line.\n` });
  folder.remove('long.md');
  expect((await finish(knowledgeBase.sync())).report.counts.moved).toBe(1);
  folder.write({ 'moved.md': new Uint8Array([0, 1, 2, 0, 0, 255, 254, 0, 0, 0, 9]) });
  await finish(knowledgeBase.sync());
  expect(chunksOf(knowledgeBase, 'moved.md')).toBe(0);
  folder.write({ 'moved.md': `# Handbook\n\n${LONG}\n` });
  await finish(knowledgeBase.sync());
  expect(chunksOf(knowledgeBase, 'moved.md')).toBe(small);
  await run(knowledgeBase, { reset: true });
  expect(chunksOf(knowledgeBase, 'moved.md')).toBeLessThan(small);
});

test('a document that is removed takes its sizes along', async () => {
  const { folder, knowledgeBase } = await filled();
  const large = chunksOf(knowledgeBase, 'long.md');
  await run(knowledgeBase, { processing: { targetTokens: 60, maxTokens: 100 } });
  folder.remove('long.md');
  await finish(knowledgeBase.sync());
  folder.write({ 'long.md': `# Handbook\n\n${LONG}\n` });
  await finish(knowledgeBase.sync());
  expect(chunksOf(knowledgeBase, 'long.md')).toBe(large);
});

test('passages that repeat the end of the one before cover the text, and go back to none', async () => {
  const { knowledgeBase } = await filled();
  await run(knowledgeBase, { processing: { targetTokens: 60, maxTokens: 100, overlapTokens: 25 } });
  const { hits } = await knowledgeBase.search('travel', { mode: 'lexical', limit: 50, collapseCopies: false });
  const spans = hits.map(({ chunk }) => chunk).sort((a, b) => a.ordinal - b.ordinal);
  const document = knowledgeBase.get('long.md').document;
  for (const chunk of spans) expect(document.text.slice(chunk.span.start, chunk.span.end)).toBe(chunk.text);
  expect(spans.some((chunk, at) => at > 0 && chunk.span.start < spans[at - 1]!.span.end)).toBe(true);
  const window = await knowledgeBase.search('travel', { mode: 'lexical', limit: 1, window: 2 });
  const wide = window.hits[0]!.chunk;
  expect(document.text.slice(wide.span.start, wide.span.end)).toBe(wide.text);
  expect((await knowledgeBase.doctor()).find(({ name }) => name === 'database')).toMatchObject({ status: 'ok' });
});

test('where the file is gone the stored text is cut, with its headings and lines', async () => {
  const { folder, knowledgeBase } = await filled();
  rmSync(folder.path, { recursive: true });
  const before = knowledgeBase.get('long.md').document;
  const again = await run(knowledgeBase);
  expect(again.report).toMatchObject({ counts: { unchanged: 2 }, fromStored: 2 });
  const { report } = await run(knowledgeBase, { processing: { targetTokens: 60, maxTokens: 100 } });
  expect(report).toMatchObject({ counts: { changed: 1, unchanged: 1 }, fromStored: 2 });
  const after = knowledgeBase.get('long.md').document;
  expect(after).toEqual(before);
  const { hits } = await knowledgeBase.search('training plan of part 3', { mode: 'lexical', limit: 1 });
  expect(hits[0]?.chunk.headingPath).toEqual(['Handbook', 'training']);
  expect(hits[0]?.chunk.lines?.start).toBeGreaterThan(1);
  const parsed = await run(knowledgeBase, { processing: { parser: 'txt' } });
  expect(parsed.items.map(({ status, reason }) => `${status} ${reason?.code}`)).toEqual(
    Array(2).fill('failed SOURCE_MISSING'),
  );
  expect(knowledgeBase.list()).toHaveLength(2);
});

test('another parser is used from then on; what it cannot read stays as it was', async () => {
  const { folder, knowledgeBase } = await filled();
  const { items } = await run(knowledgeBase, { filter: { paths: ['short.md'] }, processing: { parser: 'txt' } });
  expect(items).toMatchObject([{ status: 'changed', path: 'short.md' }]);
  const typeOf = () => knowledgeBase.list().find(({ path }) => path === 'short.md')?.type;
  expect(typeOf()).toBe('txt');
  folder.write({ 'short.md': '# Short\n\nOne line, edited.\n' });
  await finish(knowledgeBase.sync());
  expect(typeOf()).toBe('txt');
  const failed = await run(knowledgeBase, { filter: { paths: ['long.md'] }, processing: { parser: 'pdf' } });
  expect(failed.report.counts).toEqual({ changed: 0, unchanged: 0, failed: 1 });
  expect(knowledgeBase.get('long.md').document.text).toContain('training');
});

test('an unknown parser, sizes that cannot be kept and a filter that nothing passes are refused', async () => {
  const { knowledgeBase } = await filled();
  await expect(run(knowledgeBase, { processing: { parser: 'word' } })).rejects.toMatchObject({
    code: 'USAGE',
    hint: expect.stringContaining('md'),
  });
  await expect(run(knowledgeBase, { processing: { targetTokens: 100, maxTokens: 50 } })).rejects.toThrow('100 tokens');
  await expect(run(knowledgeBase, { filter: { paths: ['none'] } })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('one that is stopped keeps what was done, and the same again does the rest', async () => {
  const files = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`n${i}.md`, `# Note ${i}\n\n${LONG}\n`]));
  const folder = temporaryFolder(files);
  const path = join(temporaryFolder().path, 'rag.db');
  const knowledgeBase = await openTemporary({ path });
  await finish(knowledgeBase.add(folder.path));
  const controller = new AbortController();
  let told = 0;
  let report: ReprocessReport | undefined;
  const options = { processing: { targetTokens: 60, maxTokens: 100 } };
  for await (const event of knowledgeBase.reprocess({ ...options, signal: controller.signal })) {
    if (event.type === 'item-end' && ++told === 5) controller.abort();
    if (event.type === 'reprocess-end') report = event.report;
  }
  expect(report).toMatchObject({ interrupted: true });
  const counts = new Set(knowledgeBase.list().map(({ chunks }) => chunks));
  expect(counts.size).toBe(2);
  const rest = await run(knowledgeBase, options);
  expect(rest.report.counts.changed + report!.counts.changed).toBe(300);
  expect(new Set(knowledgeBase.list().map(({ chunks }) => chunks)).size).toBe(1);
});
