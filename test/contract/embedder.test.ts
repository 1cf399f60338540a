import { createEmbedder } from '../../src/embed/registry.ts';
import { describeEmbedder } from './embedder.ts';

const drivers = ['builtin'];

for (const name of drivers) {
  describeEmbedder({
    name,
    create: () => createEmbedder(name),
    texts: ['How many days of holiday do I have?', 'Vacation days per year', 'The engine needs new spark plugs'],
  });
}
