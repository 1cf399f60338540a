import { expect, test } from 'vitest';
import { decodeMentions, encodeMentions } from '../../src/graph/encode-mentions.ts';
import { extractMentions } from '../../src/graph/extract-mentions.ts';
import { createRandom } from '../chunk/markdown-like.ts';

const text =
  'The World Health Organization (WHO) met Anna Keller in New York. WHO replaced the Paris Office on 2024-03-01.\n\nAnna Keller left.';
const chunks = [
  { span: { start: 0, end: 70 } },
  { span: { start: 40, end: text.length } },
  { span: { start: 5, end: 5 } },
];

test('what is packed comes back, also where chunks overlap or are empty', () => {
  const mentions = extractMentions({ text, sections: [], chunks });
  expect(mentions[0]?.mentions.length).toBeGreaterThan(2);
  expect(decodeMentions(encodeMentions(mentions))).toEqual(mentions);
});

test('a mention takes nine bytes or fewer', () => {
  const mentions = extractMentions({ text, sections: [], chunks: [{ span: { start: 0, end: text.length } }] });
  const relations = mentions[0]!.relations.length;
  expect(encodeMentions(mentions).length).toBeLessThanOrEqual(4 + 9 * mentions[0]!.mentions.length + 3 * relations);
});

test('damaged bytes give mentions or none, never an exception', () => {
  const random = createRandom(3);
  const packed = encodeMentions(extractMentions({ text, sections: [], chunks }));
  for (let round = 0; round < 500; round++) {
    const damaged = packed.slice(0, 1 + random(packed.length));
    for (let i = 0; i < 3; i++) damaged[1 + random(damaged.length)] = random(256);
    expect(decodeMentions(damaged).length).toBeLessThanOrEqual(damaged.length);
  }
  expect(decodeMentions(new Uint8Array([99, 1, 2]))).toEqual([]);
  expect(decodeMentions(new Uint8Array())).toEqual([]);
});
