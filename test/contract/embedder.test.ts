import { createBuiltinEmbedder } from '../../src/embed/builtin/builtin-embedder.ts';
import { hashEmbedder } from '../../src/testing/hash-embedder.ts';
import { describeEmbedder } from './embedder.ts';

describeEmbedder({
  name: 'builtin',
  create: createBuiltinEmbedder,
  texts: ['How many days of holiday do I have?', 'Vacation days per year', 'The engine needs new spark plugs'],
});

describeEmbedder({
  name: 'hash',
  create: () => hashEmbedder(256),
  texts: ['red apple pie', 'Apple pie, red', 'quantum tunnel diode'],
});
