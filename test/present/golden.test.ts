import { expect, test } from 'vitest';
import { renderEnvelope, renderLine } from '../../src/present/json/stringify.ts';
import { answerToJson } from '../../src/present/json/v1/answer.ts';
import { renderErrorJson } from '../../src/present/json/v1/error.ts';
import { ingestToJson } from '../../src/present/json/v1/ingest.ts';
import { searchToJson, searchToLines } from '../../src/present/json/v1/search.ts';
import { doctorToJson, statusToJson } from '../../src/present/json/v1/status.ts';
import { renderSources } from '../../src/present/text/render-answer.ts';
import { renderDoctor } from '../../src/present/text/render-doctor.ts';
import { renderChange, renderIngestSummary, renderProblems } from '../../src/present/text/render-ingest.ts';
import { renderSearch } from '../../src/present/text/render-search.ts';
import {
  renderSearchCsv,
  renderSearchFiles,
  renderSearchMarkdown,
  renderSearchXml,
} from '../../src/present/text/render-search-formats.ts';
import { renderStatus } from '../../src/present/text/render-status.ts';
import { colorStyle, plainStyle } from '../../src/present/text/style.ts';
import { sampleAnswer, sampleOutcomes, sampleReport, sampleSearch, sampleStatus } from './sample.ts';

const plain = { style: plainStyle, width: 80, workingFolder: '/work' };
const narrow = { ...plain, width: 40 };
const colored = { ...plain, style: colorStyle };

const checks = [
  { name: 'node', status: 'ok', message: 'Node 20.20.2.' },
  { name: 'ollama', status: 'warning', message: 'No server answers.', hint: 'Start it.' },
  { name: 'database', status: 'failed', message: 'It is damaged.', hint: 'Restore a copy.' },
] as const;

test.each<readonly [string, () => string]>([
  ['search.txt', () => renderSearch(sampleSearch, plain, { explain: false })],
  ['search-explain.txt', () => renderSearch(sampleSearch, plain, { explain: true })],
  ['search-narrow.txt', () => renderSearch(sampleSearch, narrow, { explain: false })],
  ['search-color.txt', () => renderSearch(sampleSearch, colored, { explain: false })],
  ['search.csv', () => renderSearchCsv(sampleSearch)],
  ['search.md', () => renderSearchMarkdown(sampleSearch, '/work')],
  ['search.xml', () => renderSearchXml(sampleSearch)],
  ['search-files.txt', () => renderSearchFiles(sampleSearch, '/work')],
  ['search.json', () => renderEnvelope('rag.search/1', searchToJson(sampleSearch, { explain: true }))],
  ['search.jsonl', () => searchToLines(sampleSearch, { explain: false }).map(renderLine).join('')],
  ['answer-sources.txt', () => renderSources(sampleAnswer, plain)],
  ['answer.json', () => renderEnvelope('rag.answer/1', answerToJson(sampleAnswer, sampleSearch))],
  [
    'ingest.txt',
    () => sampleOutcomes.map((outcome) => renderChange(outcome, plain)).join('') + renderIngestSummary(sampleReport),
  ],
  ['ingest-problems.txt', () => renderProblems(sampleOutcomes, sampleReport, plain, { all: false })],
  ['ingest-problems-all.txt', () => renderProblems(sampleOutcomes, sampleReport, plain, { all: true })],
  ['ingest.json', () => renderEnvelope('rag.ingest/1', ingestToJson(sampleReport, sampleOutcomes))],
  ['status.txt', () => renderStatus(sampleStatus, plain)],
  ['status.json', () => renderEnvelope('rag.status/1', statusToJson(sampleStatus))],
  ['doctor.txt', () => renderDoctor(checks, plain)],
  ['doctor.json', () => renderEnvelope('rag.doctor/1', doctorToJson(checks))],
  [
    'error.json',
    () => renderErrorJson({ code: 'DB_DAMAGED', message: 'It is \u009bdamaged.', hint: 'Restore a copy.' }),
  ],
])('%s is as it was agreed', async (name, render) => {
  await expect(render()).toMatchFileSnapshot(`../../fixtures/golden/present/${name}`);
});

test('no rendering for people lets a control character through', () => {
  const all = [
    renderSearch(sampleSearch, plain, { explain: true }),
    renderSources(sampleAnswer, plain),
    renderProblems(sampleOutcomes, sampleReport, plain, { all: true }),
    renderEnvelope('rag.search/1', searchToJson(sampleSearch, { explain: true })),
  ].join('');
  expect(all).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
});

test('JSON with its hazards written as escapes is the same value', () => {
  const data = searchToJson(sampleSearch, { explain: true });
  expect(JSON.parse(renderEnvelope('rag.search/1', data))).toEqual({
    schema: 'rag.search/1',
    data: JSON.parse(JSON.stringify(data)),
  });
});

test('problems beyond the first twenty are counted', () => {
  const failed = sampleOutcomes.find((outcome) => outcome.status === 'failed')!;
  const many = Array.from({ length: 25 }, (_, index) => ({ ...failed, path: `bad-${index}.pdf` }));
  const text = renderProblems(many, { ...sampleReport, sourceProblems: [] }, plain, { all: false });
  expect(text.split('\n').filter((line) => line.startsWith('failed:'))).toHaveLength(20);
  expect(text).toContain('and 5 more; -v lists them all.');
  expect(renderProblems(many, sampleReport, plain, { all: true })).toContain('bad-24.pdf');
});
