// Write src/embed/builtin/vocab.index.bin for the vocab.txt beside it. Needed only when the vocabulary changes;
// test/embed/builtin/vocabulary-index.test.ts compares the two.
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const folder = new URL('./', import.meta.url);
const { outputFiles } = await build({
  entryPoints: [new URL('vocabulary-index.ts', folder).pathname],
  format: 'esm',
  write: false,
});
const { buildVocabularyIndex } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
writeFileSync(
  new URL('vocab.index.bin', folder),
  buildVocabularyIndex(readFileSync(new URL('vocab.txt', folder), 'utf8')),
);
