import { expect, test } from 'vitest';
import { ablationConfigurations } from '../../../src/app/evaluate/ablations.ts';
import { parameterLeaves, parseConfiguration, withParameter } from '../../../src/app/evaluate/configuration.ts';
import { defaultRetrievalParameters } from '../../../src/retrieve/retrieval-parameters.ts';

test.each([
  ['hybrid', { name: 'hybrid', mode: 'hybrid', parameters: {} }],
  ['lexical', { name: 'lexical', mode: 'lexical', parameters: {} }],
  ['heavy:vectorWeight=1.5', { name: 'heavy', mode: 'hybrid', parameters: { vectorWeight: 1.5 } }],
  [
    'w: mode=lexical, columnWeights.title=5 ,dropStopWords=false',
    {
      name: 'w',
      mode: 'lexical',
      parameters: { columnWeights: { title: 5, headings: 2, body: 1 }, dropStopWords: false },
    },
  ],
  ['wide:window=2', { name: 'wide', mode: 'hybrid', parameters: {}, window: 2 }],
  ['sections:expand=section', { name: 'sections', mode: 'hybrid', parameters: {}, expandSections: true }],
  ['r:rerank=transformers/a b/c', { name: 'r', mode: 'hybrid', parameters: {}, rerank: 'transformers/a b/c' }],
  ['r:rerank=none', { name: 'r', mode: 'hybrid', parameters: {}, rerank: 'none' }],
])('%s is read', (text, expected) => {
  expect(parseConfiguration(text)).toEqual(expected);
});

test.each([
  ['heavy', /is no mode/],
  [':vectorWeight=1', /has no name/],
  ['../x:vectorWeight=1', /has no name/],
  ['x:vectorWieght=1', /did you mean vectorWeight/],
  ['x:vectorWeight=much', /is a number such as/],
  ['x:vectorWeight=', /is a number such as/],
  ['x:dropStopWords=1', /is a boolean such as/],
  ['x:mode=fast', /mode is one of/],
  ['x:rerank=fast', /rerank is provider\/model/],
  ['x:columnWeights=3', /is no parameter/],
  ['x:__proto__=3', /is no parameter/],
])('%s is refused', (text, message) => {
  expect(() => parseConfiguration(text)).toThrow(message);
});

test('every parameter can be set to its own default', () => {
  for (const { key, value } of parameterLeaves) {
    const set = { ...defaultRetrievalParameters, ...withParameter({}, key, String(value)) };
    expect(set, key).toEqual(defaultRetrievalParameters);
  }
});

test('an ablation has the whole first and changes one thing each', () => {
  const [all, ...others] = ablationConfigurations();
  expect(all).toEqual({ name: 'all', mode: 'hybrid', parameters: {} });
  expect(others.length).toBeGreaterThan(4);
  for (const { mode, parameters } of others)
    expect(Object.keys(parameters).length + (mode === 'hybrid' ? 0 : 1)).toBe(1);
});
