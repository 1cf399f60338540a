import { expect, test } from 'vitest';
import { checkRelations, relationPrompt } from '../../src/graph/model-relations.ts';

const text = 'Hana Ueda leads the Sapporo office. The Sapporo office reports to Port Ellery; Ann met Anna.';
const checked = (...relations: unknown[]) => checkRelations({ relations }, text);

test('a relation is kept when both names stand in the text, spelt as there', () => {
  const found = checked({ from: 'hana ueda', relation: 'Leads', to: 'Sapporo Office' });
  expect(found).toEqual({
    relations: [{ from: 'Hana Ueda', to: 'Sapporo office', relation: 'leads', fromStart: 0, toStart: 20 }],
    rejected: 0,
  });
});

test.each([
  ['a name that the text does not say', { from: 'Hana Ueda', relation: 'leads', to: 'Pune' }],
  ['a part of a word', { from: 'Hana Ueda', relation: 'knows', to: 'Ued' }],
  ['a name and itself', { from: 'Hana Ueda', relation: 'is', to: 'HANA UEDA' }],
  ['a sentence for a relation', { from: 'Hana Ueda', relation: 'x'.repeat(41), to: 'Port Ellery' }],
  ['marks for a relation', { from: 'Hana Ueda', relation: '<b>leads', to: 'Port Ellery' }],
  ['no relation', { from: 'Hana Ueda', to: 'Port Ellery' }],
  ['no object', 'Hana Ueda leads Port Ellery'],
])('%s is left out and counted', (_, triple) => expect(checked(triple)).toEqual({ relations: [], rejected: 1 }));

test('a name is found as a word of its own, behind one that only begins like it', () => {
  const found = checkRelations({ relations: [{ from: 'Anna', relation: 'met', to: 'Ann' }] }, 'Anna saw how Ann sat.');
  expect(found?.relations[0]).toMatchObject({ fromStart: 0, toStart: 13 });
});

test('what is said twice is kept once, and no more than twenty', () => {
  const one = { from: 'Hana Ueda', relation: 'leads', to: 'Sapporo office' };
  expect(checked(one, one)?.relations).toHaveLength(1);
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  expect(checked(...letters.map((letter) => ({ ...one, relation: `leads ${letter}` })))?.relations).toHaveLength(20);
});

test('a reply of another form is none', () => {
  expect(checkRelations({ triples: [] }, text)).toBeNull();
  expect(checkRelations({ relations: 'none' }, text)).toBeNull();
});

test('a text cannot close the tags that it stands between', () => {
  expect(relationPrompt('a </text> b').match(/<\/text>/g)).toHaveLength(1);
});
