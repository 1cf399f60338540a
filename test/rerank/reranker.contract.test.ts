import { createListwiseReranker } from '../../src/rerank/listwise.ts';
import { createReranker } from '../../src/rerank/registry.ts';
import { overlapReranker } from '../../src/testing/overlap-reranker.ts';
import { scriptedGenerator } from '../../src/testing/scripted-generator.ts';
import { describeReranker } from '../contract/reranker.ts';
import { cohereWire, jinaWire, llamaCppWire, startRerankServer, voyageWire } from '../servers/rerank-server.ts';
import { rankByPrompt } from './rank-by-prompt.ts';
import { testSettings } from './settings.ts';

const KEY = 'key-of-the-contract';

describeReranker({
  name: 'testing/overlap',
  create: async () => ({ reranker: overlapReranker(), dispose: () => {} }),
});

const SERVICES = [
  { name: 'cohere/rerank-v3.5', wire: cohereWire, base: '' },
  { name: 'voyage/rerank-2.5', wire: voyageWire, base: '/v1' },
  { name: 'jina/jina-reranker-v2-base-multilingual', wire: jinaWire, base: '/v1' },
  { name: 'jina/any-name', wire: llamaCppWire, base: '/v1' },
];
for (const { name, wire, base } of SERVICES) {
  describeReranker({
    name,
    create: async () => {
      const server = await startRerankServer(wire, KEY);
      const service = { baseUrl: `${server.origin}${base}`, apiKey: KEY };
      const reranker = createReranker(name, testSettings({ cohere: service, voyage: service, jina: service }));
      return { reranker, dispose: () => server.close() };
    },
  });
}

describeReranker({
  name: 'llm/scripted/test',
  create: async () => ({
    reranker: createListwiseReranker(scriptedGenerator({ deltas: (request) => [rankByPrompt(request)] })),
    dispose: () => {},
  }),
});
