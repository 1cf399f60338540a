import { expect, test } from 'vitest';
import { describeGap } from '../../../src/app/gaps/describe-gap.ts';
import type { DocumentId } from '../../../src/domain/ids.ts';

const nearest = { documentId: 'a' as DocumentId, title: 'A', path: 'a.md', uri: 'file:///a.md' };
const gap = { question: 'q', unknownWords: [], missingWords: [], nearest };

test('what no document says comes first, then what the nearest does not', () => {
  const unknownWords = ['vpn', 'router', 'modem', 'switch', 'hub'];
  expect(describeGap({ ...gap, unknownWords })).toBe(
    'No document says "vpn", "router", "modem" or "switch"; the nearest is a.md.',
  );
  expect(describeGap({ ...gap, unknownWords: ['vpn'], nearest: null })).toBe(
    'No document says "vpn", and nothing is near.',
  );
  expect(describeGap({ ...gap, missingWords: ['taxi', 'fare'] })).toBe(
    'The nearest, a.md, does not speak of "taxi" or "fare".',
  );
  expect(describeGap(gap)).toBe('No passage comes near; the nearest is in a.md.');
  expect(describeGap({ ...gap, nearest: null })).toBe('Nothing is found for "q".');
});
