import { expect, test } from 'vitest';
import { createReranker, rerankerDrivers } from '../../src/rerank/registry.ts';
import { scriptedGenerator } from '../../src/testing/scripted-generator.ts';
import { testSettings } from './settings.ts';

const settings = testSettings({ createGenerator: (name) => scriptedGenerator({ name, deltas: [] }) });

test.each(rerankerDrivers)('$provider/$example names a reranker', ({ provider, example }) => {
  expect(createReranker(`${provider}/${example}`, settings).name).toBe(`${provider}/${example}`);
});

test.each<[string, RegExp, RegExp]>([
  ['cohere', /no model/, /cohere\/rerank-v3\.5/],
  ['voyage/', /no model/, /voyage\/rerank-2\.5/],
  ['coher/x', /There is no reranker "coher\/x"\. Providers: .*cohere/, /cohere\//],
  ['parental', /There is no reranker "parental"/, /provider\/model/],
  ['', /There is no reranker ""/, /provider\/model/],
])('%j is MODEL_UNKNOWN and says what there is', (name, message, hint) => {
  expect(() => createReranker(name, settings)).toThrowError(
    expect.objectContaining({
      code: 'MODEL_UNKNOWN',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    }),
  );
});
