import { expect, test } from 'vitest';
import { extractByStretches } from '../../src/graph/extract-by-stretches.ts';
import { extractMentions } from '../../src/graph/extract-mentions.ts';

/** Ten passages, each of which says everything that it names by itself. */
const passages = Array.from(
  { length: 10 },
  (_, i) =>
    `## Part ${i}\n\nDr. Anna Keller wrote to jo${i}.doe@example.org about \`module_${i}\` on 2024-03-0${i + 1}.\n\n`,
);
const text = passages.join('');
const starts = passages.map((_, i) => passages.slice(0, i).join('').length);
const chunks = passages.map((passage, i) => ({ span: { start: starts[i]!, end: starts[i]! + passage.length } }));
const sections = passages.map((_, i) => ({
  kind: 'heading' as const,
  title: `Part ${i}`,
  level: 2,
  span: chunks[i]!.span,
}));
const whole = extractMentions({ text, sections, chunks });

test.each([1, 150, 400, text.length - 1, text.length])(
  'stretches of at most %i characters give what the whole gives',
  (length) => expect(extractByStretches({ text, sections, chunks }, length)).toEqual(whole),
);

test('every mention stands where its chunk stands', () => {
  const found = extractByStretches({ text, sections, chunks }, 300);
  expect(found).toHaveLength(chunks.length);
  found.forEach(({ mentions }, i) => {
    const names = mentions.map(({ span }) => text.slice(span.start, span.end));
    expect(names).toContain(`jo${i}.doe@example.org`);
    expect(names).toContain(`Part ${i}`);
  });
});

test('a text without chunks has no mentions', () => {
  expect(extractByStretches({ text: 'x'.repeat(500), sections: [], chunks: [] }, 100)).toEqual([]);
});
