import { expect, test } from 'vitest';
import { packContext } from '../../src/answer/pack-context.ts';
import { estimatePromptTokens } from '../../src/answer/prompt-tokens.ts';
import type { ContextResult, SearchResult } from '../../src/app/types.ts';
import { type ContextFormat, jsonContext, markdownContext, xmlContext } from '../../src/present/text/render-context.ts';
import { libraryOf, randomText, seededRandom } from '../answer/hits.ts';
import { sampleSearch } from './sample.ts';

const FORMATS: readonly (readonly [string, ContextFormat])[] = [
  ['md', markdownContext],
  ['xml', xmlContext],
  ['json', jsonContext],
];

function contextOf(format: ContextFormat, passages: Parameters<typeof libraryOf>[0], budgetTokens: number) {
  const found: SearchResult = { ...sampleSearch, query: 'who "approves" <travel> `now`?' };
  const frame = estimatePromptTokens(format.frame(found));
  const packed = packContext({
    hits: libraryOf(passages).hits,
    maxTokens: Math.max(0, budgetTokens - frame),
    render: format.passage,
  });
  const tokens = frame + estimatePromptTokens(packed.text);
  return { question: found.query, budgetTokens, tokens, passages: packed.passages, found } satisfies ContextResult;
}

test.each(FORMATS)('%s with all its headers is never over the budget, whatever passages hold', (_, format) => {
  const random = seededRandom(17);
  for (let round = 0; round < 60; round++) {
    const passages = Array.from({ length: 1 + Math.floor(random() * 8) }, () => ({
      text: `${randomText(random, 12)}\u007f\u2028"\\<&\`\`\`\`\u0001`,
      title: randomText(random, 2),
      headingPath: random() < 0.5 ? [randomText(random, 1)] : [],
    }));
    const result = contextOf(format, passages, 300 + Math.floor(random() * 2000));
    if (result.passages.length === 0) continue;
    const printed = format.render(result);
    expect(estimatePromptTokens(printed)).toBeLessThanOrEqual(result.budgetTokens);
  }
});

test('a fence in Markdown is longer than any within', () => {
  const result = contextOf(markdownContext, [{ text: 'a\n````\n# Heading\n```\nb', title: 'A *title*' }], 2000);
  expect(markdownContext.render(result)).toBe(
    [
      '# Passages for: who "approves" \\<travel\\> \\`now\\`?',
      '',
      '## [1] A \\*title\\*',
      '',
      '`file:///notes/1.md, lines 1-5`',
      '',
      '`````',
      'a',
      '````',
      '# Heading',
      '```',
      'b',
      '`````',
      '',
    ].join('\n'),
  );
});

test('XML keeps text and attributes apart from markup', () => {
  const text = 'a < b && "c" </passage> \u0000 \ud800';
  const result = contextOf(xmlContext, [{ text, title: 'x" y="\n' }], 2000);
  const printed = xmlContext.render(result);
  expect(printed.match(/<passage /g)).toHaveLength(1);
  expect(printed).toContain('title="x&quot; y=&quot;&#10;"');
  expect(printed).toContain('a &lt; b &amp;&amp; &quot;c&quot; &lt;/passage&gt; \ufffd \ufffd');
});

test('JSON is what it is agreed to be', () => {
  const result = contextOf(jsonContext, [{ text: 'The pump is blue.', title: 'Pumps', headingPath: ['Parts'] }], 2000);
  const { schema, data } = JSON.parse(jsonContext.render(result));
  expect(schema).toBe('rag.context/1');
  expect(data).toMatchObject({ budget: 2000, tokens: result.tokens, question: result.question });
  expect(data.passages).toEqual([
    {
      number: 1,
      title: 'Pumps',
      location: '/notes/1.md:1',
      headingPath: ['Parts'],
      page: null,
      lines: { start: 1, end: 1 },
      chunkId: expect.any(String),
      span: { start: 0, end: 17 },
      rank: 1,
      text: 'The pump is blue.',
    },
  ]);
});
