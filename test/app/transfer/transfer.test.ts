import { expect, test } from 'vitest';
import type { ExportOptions, ImportOptions } from '../../../src/app/transfer/types.ts';
import type { KnowledgeBase } from '../../../src/app/types.ts';
import { defaultSettings } from '../../../src/config/settings.ts';
import { exportEndToLine, exportedDocumentToLine, exportHeaderToLine } from '../../../src/present/json/v1/export.ts';
import { hashEmbedder } from '../../../src/testing/hash-embedder.ts';
import { finish, type Ingested, openTemporary, temporaryFolder } from '../temporary-knowledge-base.ts';

const FILES = {
  'guide.md': `---\ntags: [pumps]\n---\n# Guide\n\n${Array.from({ length: 30 }, (_, at) => `## Part ${at}\n\nPump number ${at} is green, and its valve is opened by hand before noon on every working day.`).join('\n\n')}\n`,
  'plain.txt': 'A text without a title\nabout bicycles in Zürich.\n',
  'deep/code.py': 'def main():\n    """Says hello."""\n    print("hello")\n',
};

async function filled(): Promise<{ knowledgeBase: KnowledgeBase; folder: ReturnType<typeof temporaryFolder> }> {
  const folder = temporaryFolder(FILES);
  const knowledgeBase = await openTemporary();
  await finish(knowledgeBase.add(folder.path, { tags: ['all'], collection: 'work' }));
  return { knowledgeBase, folder };
}

async function exported(knowledgeBase: KnowledgeBase, options?: ExportOptions): Promise<string[]> {
  const { header, documents } = (await knowledgeBase.transfer()).export(options);
  const lines = [...documents].map(exportedDocumentToLine);
  return [exportHeaderToLine(header), ...lines, exportEndToLine(lines.length)].map((line) => JSON.stringify(line));
}

async function* each(lines: readonly string[]): AsyncIterable<string> {
  yield* lines;
}

const imported = async (
  lines: readonly string[],
  options: Partial<ImportOptions> = {},
  into?: KnowledgeBase,
): Promise<Ingested & { readonly knowledgeBase: KnowledgeBase }> => {
  const knowledgeBase = into ?? (await openTemporary());
  const transfer = await knowledgeBase.transfer();
  return { ...(await finish(transfer.import(each(lines), { name: 'base.jsonl', ...options }))), knowledgeBase };
};

const results = async (knowledgeBase: KnowledgeBase, query: string) =>
  JSON.stringify(
    (await knowledgeBase.search(query)).hits.map(({ chunk, document, score }) => [chunk, document, score]),
  );

test('what was exported and imported is found, ranked and cited the same', async () => {
  const { knowledgeBase } = await filled();
  const copy = await imported(await exported(knowledgeBase, { vectors: true }));
  expect(copy.report.counts).toMatchObject({ added: 3, failed: 0 });
  for (const query of ['pump number 7', 'bicycles', 'hello', 'valve before noon tag:all']) {
    expect(await results(copy.knowledgeBase, query)).toBe(await results(knowledgeBase, query));
  }
});

test('vectors are taken over where the model is the same, and made anew where not', async () => {
  const { knowledgeBase } = await filled();
  const lines = await exported(knowledgeBase, { vectors: true });
  const texts: string[] = [];
  const counting = (dimensions?: number) => {
    const inner = hashEmbedder(dimensions);
    return {
      ...inner,
      embedPassages: (each: readonly string[]) => {
        texts.push(...each);
        return inner.embedPassages(each);
      },
    };
  };
  await imported(lines, {}, await openTemporary({ embedder: counting() }));
  expect(texts).toEqual([]);
  await imported(lines, {}, await openTemporary({ embedder: counting(48) }));
  expect(texts.length).toBeGreaterThan(2);
});

test('importing twice changes nothing, and a new export updates what changed', async () => {
  const { knowledgeBase, folder } = await filled();
  const { knowledgeBase: copy } = await imported(await exported(knowledgeBase));
  expect((await imported(await exported(knowledgeBase), {}, copy)).report.counts).toMatchObject({
    unchanged: 3,
    added: 0,
  });
  folder.write({ 'plain.txt': 'About tandems.\n' });
  await finish(knowledgeBase.sync());
  const again = await imported(await exported(knowledgeBase), {}, copy);
  expect(again.report.counts).toMatchObject({ unchanged: 2, updated: 1 });
  expect((await copy.search('tandems')).hits).toHaveLength(1);
});

test('imported documents are no part of a sync, unless their sources were taken over', async () => {
  const { knowledgeBase, folder } = await filled();
  const lines = await exported(knowledgeBase);
  folder.write({ 'new.md': '# New\n\nSomething new.\n' });
  const { knowledgeBase: apart } = await imported(lines);
  expect((await finish(apart.sync())).lines).toEqual([]);
  expect(apart.status().sources.map(({ kind, uri }) => [kind, uri])).toEqual([['import', 'import:base.jsonl']]);
  const { knowledgeBase: following } = await imported(lines, { withSources: true });
  const { lines: synced } = await finish(following.sync());
  expect(synced.filter((line) => !line.startsWith('unchanged'))).toEqual(['added new.md']);
});

const MAIL = { 'mail.md': '# Mail\n\nWrite to anna.smith@example.com\nabout the pump.\n' };

const withPii = (pii: 'redact' | 'refuse') =>
  openTemporary({ settings: { ...defaultSettings, privacy: { ...defaultSettings.privacy, pii } } });

async function exportedMail(pii?: 'redact'): Promise<{ lines: string[]; folder: ReturnType<typeof temporaryFolder> }> {
  const folder = temporaryFolder(MAIL);
  const knowledgeBase = await openTemporary();
  await finish(knowledgeBase.add(folder.path, { pii }));
  return { lines: await exported(knowledgeBase, { vectors: true }), folder };
}

test('personal data in an export is taken out where the settings say so, and the lines stay', async () => {
  const { lines } = await exportedMail();
  const { knowledgeBase, report } = await imported(lines, {}, await withPii('redact'));
  expect(report.counts.added).toBe(1);
  const { header: _, documents } = (await knowledgeBase.transfer()).export();
  const [copy] = [...documents];
  expect(copy?.document.text).not.toContain('anna');
  expect(copy?.document.text.split('\n')).toHaveLength(MAIL['mail.md'].split('\n').length);
  expect((await knowledgeBase.search('pump')).hits).toHaveLength(1);
  const again = await imported(lines, {}, knowledgeBase);
  expect(again.report.counts).toMatchObject({ unchanged: 1, updated: 0 });
  const problems = [];
  for await (const event of (await knowledgeBase.maintenance()).verify())
    if (event.type === 'verify-end') problems.push(...event.report.problems);
  expect(problems).toEqual([]);
});

test('an export that holds personal data is refused document by document where the settings say so', async () => {
  const { lines } = await exportedMail();
  const { outcomes, knowledgeBase } = await imported(lines, {}, await withPii('refuse'));
  expect(outcomes).toMatchObject([{ status: 'failed', reason: { code: 'PRIVACY_REFUSED' } }]);
  expect(knowledgeBase.list()).toEqual([]);
});

test('a source that comes with an export is synced without the personal data that it was added without', async () => {
  const { lines, folder } = await exportedMail('redact');
  const { knowledgeBase } = await imported(lines, { withSources: true });
  folder.write({ 'mail.md': '# Mail\n\nWrite to bert.jones@example.com about the valve.\n' });
  expect((await finish(knowledgeBase.sync())).lines).toEqual(['updated mail.md']);
  const [copy] = [...(await knowledgeBase.transfer()).export().documents];
  expect(copy?.document.text).toContain('valve');
  expect(copy?.document.text).not.toContain('bert');
});

test('an export that was cut short is taken in as far as it goes, and told', async () => {
  const { knowledgeBase } = await filled();
  const { report } = await imported((await exported(knowledgeBase)).slice(0, -2));
  expect(report.counts.added).toBe(2);
  expect(report.sourceProblems[0]?.message).toContain('cut short');
});

test.each<[string, (line: Record<string, unknown>) => void, RegExp]>([
  [
    'a span outside of the text',
    (line) => Object.assign((line.passages as { end: number }[])[0]!, { end: 1e9 }),
    /outside of the text/,
  ],
  ['a text that no passage holds', (line) => void (line.passages as unknown[]).splice(0, 1), /no passage holds/],
  ['no passages', (line) => Object.assign(line, { passages: [] }), /no passage holds/],
  ['a text that is not normalised', (line) => Object.assign(line, { text: `${line.text}\r\n` }), /not normalised/],
  ['a collection with a path for a name', (line) => Object.assign(line, { collection: '../x' }), /cannot be the name/],
  ['a hash that is none', (line) => Object.assign(line, { contentHash: 'abc' }), /contentHash/],
  [
    'sections without end',
    (line) => Object.assign(line, { sections: [{ kind: 'heading', title: 'x', level: 1, span: { start: 0 } }] }),
    /sections/,
  ],
  [
    'a place between two characters',
    (line) => Object.assign((line.passages as { start: number }[])[0]!, { start: 0.5 }),
    /start is no whole number/,
  ],
  ['a size beyond counting', (line) => Object.assign(line, { size: 1e300 }), /size is no whole number/],
  ['a time beyond all calendars', (line) => Object.assign(line, { mtimeMs: 1e300 }), /mtimeMs is no time/],
])('a document with %s is refused with its reason, and the others are taken in', async (_, spoil, reason) => {
  const { knowledgeBase } = await filled();
  const [header, ...rest] = await exported(knowledgeBase);
  const at = rest.findIndex((line) => line.includes('guide.md'));
  const spoilt = JSON.parse(rest[at] as string);
  spoil(spoilt);
  const { report, outcomes } = await imported([header as string, ...rest.with(at, JSON.stringify(spoilt))]);
  expect(report.counts).toMatchObject({ added: 2, failed: 1 });
  expect(outcomes.find(({ status }) => status === 'failed')?.reason?.message).toMatch(reason);
});

test('a vector in a file never stands for a text of another document', async () => {
  const { knowledgeBase } = await filled();
  const lines = await exported(knowledgeBase, { vectors: true });
  const poisoned = lines.map((line) =>
    line.replace(/"embedHash":"[0-9a-f]{32}"/g, '"embedHash":"00000000000000000000000000000000"'),
  );
  const { knowledgeBase: copy } = await imported(poisoned);
  for await (const event of (await copy.maintenance()).verify()) {
    if (event.type === 'verify-end') expect(event.report.problems).toEqual([]);
  }
});

test('JSONL of other programs gives a document for each text, under its title', async () => {
  const { report, knowledgeBase } = await imported([
    '{"_id":"d1","title":"Pumps","text":"The pump is green."}',
    '{"page_content":"# Valves\\n\\nThe valve is red.","metadata":{"source":"https://example.com/valves"}}',
    '',
    'not json',
    '{"id":3}',
    '{"id":"d1","text":"a second one of the same name"}',
  ]);
  expect(report.counts).toMatchObject({ added: 2, failed: 2 });
  const [hit] = (await knowledgeBase.search('green')).hits;
  expect(hit?.document).toMatchObject({ title: 'Pumps', uri: 'import:base.jsonl#d1' });
  expect((await knowledgeBase.search('red valve')).hits[0]?.document.uri).toBe('https://example.com/valves');
});

test('what is neither an export nor JSONL with texts is refused', async () => {
  for (const lines of [[], ['# Title'], ['{"a":1}'], ['{"type":"header","schema":"rag.export/9"}'], ['[1]']]) {
    await expect(imported(lines)).rejects.toMatchObject({ code: 'USAGE' });
  }
});

test('a dry run says what would come and stores nothing', async () => {
  const { knowledgeBase } = await filled();
  const { report, knowledgeBase: copy } = await imported(await exported(knowledgeBase), { dryRun: true });
  expect([report.dryRun, report.counts.added, copy.list().length]).toEqual([true, 3, 0]);
});
