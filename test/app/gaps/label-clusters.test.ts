import { expect, test } from 'vitest';
import { mostCentral, tellingTerms } from '../../../src/app/gaps/label-clusters.ts';

test('what a cluster says often and others never comes first', () => {
  // A mean of 3 words; "vpn": 2 * ln(1 + 3/2), "office": 1 * ln(1 + 3/2) in both, "reset", "wifi": ln(1 + 3/1).
  expect(
    tellingTerms([
      ['vpn', 'reset', 'vpn', 'office'],
      ['office', 'wifi'],
    ]),
  ).toEqual([
    ['vpn', 'reset', 'office'],
    ['wifi', 'office'],
  ]);
  expect(tellingTerms([])).toEqual([]);
  expect(tellingTerms([[]])).toEqual([[]]);
});

test('the most central member is the one most like the others, by their weight', () => {
  const at = (degrees: number, weight: number) => ({
    vector: Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)),
    weight,
  });
  expect(mostCentral([at(0, 1), at(10, 1), at(25, 1)])).toBe(1);
  expect(mostCentral([at(0, 1), at(10, 1), at(25, 9)])).toBe(2);
  expect(mostCentral([{ vector: null, weight: 1 }])).toBe(0);
});
