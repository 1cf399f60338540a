import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FIRST_WORD_ID, wordsOfTexts, writeBertTokenizer } from './bert-tokenizer-files.ts';
import { type Constant, type Node, writeOnnx } from './onnx-writer.ts';

export type TinyCrossEncoder = {
  /** Texts whose words the model knows. */
  readonly texts: readonly string[];
  /** Longest pair in tokens, special ones included. */
  readonly maxLength?: number;
  /** Logits for each pair: one, or two of which the second says "relevant". More are no reranker's. */
  readonly classes?: 1 | 2 | 3;
};

/** The logit of a passage with none of the query's words is -4, with all of them 4. */
const SCALE = 8;
const BIAS = -4;

/**
 * Writes a cross-encoder in the layout of the Hugging Face Hub: config.json, tokenizer files, onnx/model.onnx. Its logit
 * is `8 * share - 4`, where share is the weight of the query's words that the passage has, over that of all of them; a
 * word weighs as much as it has letters. Truncated words count as absent.
 */
export function makeTinyCrossEncoder(folder: string, options: TinyCrossEncoder): void {
  const { texts, maxLength = 64, classes = 1 } = options;
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  const vocabulary = writeBertTokenizer(folder, { words: wordsOfTexts(texts), maxLength });
  const labels = Array.from({ length: classes }, (_, i) => `LABEL_${i}`);
  const config = {
    model_type: 'bert',
    architectures: ['BertForSequenceClassification'],
    id2label: Object.fromEntries(labels.map((label, i) => [i, label])),
    label2id: Object.fromEntries(labels.map((label, i) => [label, i])),
    max_position_embeddings: maxLength,
    type_vocab_size: 2,
    vocab_size: vocabulary.length,
    pad_token_id: 0,
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  const weights = Float32Array.from(vocabulary, (word, id) => (id < FIRST_WORD_ID ? 0 : [...word].length));
  writeFileSync(join(folder, 'onnx', 'model.onnx'), writeOnnx(graphOf(weights, classes)));
}

function graphOf(weights: Float32Array, classes: number) {
  // Two classes share the logit, half for and half against.
  const heads = { 1: [1], 2: [-0.5, 0.5], 3: [0, 0, 1] }[classes] as number[];
  const floats = (name: string, data: readonly number[], shape: readonly number[]): Constant => ({
    name,
    shape,
    data: Float32Array.from(data),
  });
  const axis = (name: string, value: number): Constant => ({
    name,
    shape: [1],
    data: BigInt64Array.from([BigInt(value)]),
  });
  const node = (op: string, inputs: readonly string[], output: string, attributes?: Node['attributes']): Node => ({
    op,
    inputs,
    outputs: [output],
    attributes,
  });
  const sequences = ['batch', 'sequence'];
  return {
    inputs: ['input_ids', 'attention_mask', 'token_type_ids'].map((name) => ({
      name,
      type: 'int64' as const,
      shape: sequences,
    })),
    outputs: [{ name: 'logits', type: 'float' as const, shape: ['batch', classes] }],
    constants: [
      { name: 'weights', shape: [weights.length], data: weights },
      floats('one', [1], [1]),
      floats('little', [1e-6], [1]),
      floats(
        'head',
        heads.map((head) => head * SCALE),
        [1, classes],
      ),
      floats(
        'bias',
        heads.map((head) => head * BIAS),
        [classes],
      ),
      axis('first', 1),
      axis('second', 2),
    ],
    nodes: [
      node('Cast', ['attention_mask'], 'there', { to: 1 }),
      node('Cast', ['token_type_ids'], 'type', { to: 1 }),
      node('Sub', ['one', 'type'], 'is_query'),
      node('Gather', ['weights', 'input_ids'], 'weight', { axis: 0 }),
      node('Mul', ['weight', 'there'], 'present'),
      node('Mul', ['present', 'is_query'], 'asked'),
      node('Mul', ['there', 'type'], 'is_passage'),
      node('Unsqueeze', ['input_ids', 'second'], 'rows'),
      node('Unsqueeze', ['input_ids', 'first'], 'columns'),
      node('Equal', ['rows', 'columns'], 'same'),
      node('Cast', ['same'], 'same_as_float', { to: 1 }),
      node('Unsqueeze', ['is_passage', 'first'], 'passage_columns'),
      node('Mul', ['same_as_float', 'passage_columns'], 'met'),
      node('ReduceMax', ['met'], 'found', { axes: [2], keepdims: 0 }),
      node('Mul', ['asked', 'found'], 'answered'),
      node('ReduceSum', ['answered', 'first'], 'answered_weight', { keepdims: 1 }),
      node('ReduceSum', ['asked', 'first'], 'asked_weight', { keepdims: 1 }),
      node('Add', ['asked_weight', 'little'], 'asked_weight_above_0'),
      node('Div', ['answered_weight', 'asked_weight_above_0'], 'share'),
      node('MatMul', ['share', 'head'], 'scaled'),
      node('Add', ['scaled', 'bias'], 'logits'),
    ],
  };
}

/** `tsx test/support/make-tiny-cross-encoder.ts <folder> <text file>...`: a model that knows the words of the files. */
if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === resolve(process.argv[1])) {
  const [folder, ...files] = process.argv.slice(2);
  if (folder === undefined || files.length === 0) throw new Error('Give a folder and the files whose words it knows.');
  makeTinyCrossEncoder(folder, { texts: files.map((file) => readFileSync(file, 'utf8')), maxLength: 512 });
}
