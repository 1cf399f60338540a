import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRandom } from '../../src/evaluate/random.ts';
import { FIRST_WORD_ID, wordsOfTexts, writeBertTokenizer } from './bert-tokenizer-files.ts';
import { type Node, writeOnnx } from './onnx-writer.ts';

export type TinyEmbedder = {
  /** Texts whose words the model knows. */
  readonly texts: readonly string[];
  readonly dimensions?: number;
  /** Longest text in tokens, special ones included. */
  readonly maxLength?: number;
  /** Words that mean the same: each gets the vector of the first. */
  readonly synonyms?: readonly (readonly string[])[];
  /** Name of the output, of which one has a vector for each text and the others one for each token. */
  readonly output?: 'last_hidden_state' | 'sentence_embedding';
};

/**
 * Writes an encoder in the layout of the Hugging Face Hub: config.json, tokenizer files, onnx/model.onnx. The vector of a
 * token is that of its word, drawn at random; those of special and unknown tokens are small and the same for each.
 * `sentence_embedding` is the mean over all tokens, padding left out.
 */
export function makeTinyEmbedder(folder: string, options: TinyEmbedder): void {
  const { texts, dimensions = 32, maxLength = 64, synonyms = [], output = 'last_hidden_state' } = options;
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  const vocabulary = writeBertTokenizer(folder, { words: wordsOfTexts(texts), maxLength });
  const config = {
    model_type: 'bert',
    architectures: ['BertModel'],
    hidden_size: dimensions,
    max_position_embeddings: maxLength,
    type_vocab_size: 2,
    vocab_size: vocabulary.length,
    pad_token_id: 0,
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  writeFileSync(
    join(folder, 'onnx', 'model.onnx'),
    writeOnnx(graphOf(tableOf(vocabulary, dimensions, synonyms), output)),
  );
}

type Table = { readonly rows: number; readonly dimensions: number; readonly data: Float32Array };

function tableOf(vocabulary: readonly string[], dimensions: number, synonyms: TinyEmbedder['synonyms'] = []): Table {
  const random = createRandom(1);
  const data = Float32Array.from({ length: vocabulary.length * dimensions }, (_, i) =>
    i < FIRST_WORD_ID * dimensions ? (i % dimensions === 0 ? 0.01 : 0) : random() - 0.5,
  );
  for (const [first, ...others] of synonyms) {
    const from = vocabulary.indexOf(first as string) * dimensions;
    for (const other of others) data.copyWithin(vocabulary.indexOf(other) * dimensions, from, from + dimensions);
  }
  return { rows: vocabulary.length, dimensions, data };
}

function graphOf({ rows, dimensions, data }: Table, output: NonNullable<TinyEmbedder['output']>) {
  const node = (op: string, inputs: readonly string[], name: string, attributes?: Node['attributes']): Node => ({
    op,
    inputs,
    outputs: [name],
    attributes,
  });
  const axis = (name: string, value: number) => ({ name, shape: [1], data: BigInt64Array.from([BigInt(value)]) });
  const isMean = output === 'sentence_embedding';
  return {
    inputs: ['input_ids', 'attention_mask', 'token_type_ids'].map((name) => ({
      name,
      type: 'int64' as const,
      shape: ['batch', 'sequence'],
    })),
    outputs: [
      {
        name: output,
        type: 'float' as const,
        shape: isMean ? ['batch', dimensions] : ['batch', 'sequence', dimensions],
      },
    ],
    constants: [{ name: 'table', shape: [rows, dimensions], data }, axis('tokens', 1), axis('last', 2)],
    nodes: isMean
      ? [
          node('Gather', ['table', 'input_ids'], 'states', { axis: 0 }),
          node('Cast', ['attention_mask'], 'there', { to: 1 }),
          node('Unsqueeze', ['there', 'last'], 'there_by_token'),
          node('Mul', ['states', 'there_by_token'], 'present'),
          node('ReduceSum', ['present', 'tokens'], 'sum', { keepdims: 0 }),
          node('ReduceSum', ['there', 'tokens'], 'count', { keepdims: 1 }),
          node('Div', ['sum', 'count'], output),
        ]
      : [node('Gather', ['table', 'input_ids'], output, { axis: 0 })],
  };
}

/** `tsx test/support/make-tiny-embedder.ts <folder> <text file>...`: a model that knows the words of the files. */
if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === resolve(process.argv[1])) {
  const [folder, ...files] = process.argv.slice(2);
  if (folder === undefined || files.length === 0) throw new Error('Give a folder and the files whose words it knows.');
  makeTinyEmbedder(folder, { texts: files.map((file) => readFileSync(file, 'utf8')), maxLength: 512 });
}
