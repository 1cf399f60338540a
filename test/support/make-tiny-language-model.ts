import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wordsOfTexts, writeBertTokenizer } from './bert-tokenizer-files.ts';
import { writeOnnx } from './onnx-writer.ts';

export type TinyLanguageModel = {
  /** The tokens of every answer, with their spaces, each once: the model knows only which token follows which. */
  readonly answer: readonly string[];
  /** Texts whose words the model knows in a prompt. */
  readonly texts?: readonly string[];
  /** Longest prompt with its answer, in tokens. */
  readonly maxLength?: number;
  /** What follows the last token: the end, tokens without text for ever, or one on which the model fails. */
  readonly ending?: 'end' | 'silence' | 'failure';
  /** Null for a model that was not made to follow instructions. */
  readonly chatTemplate?: string | null;
};

/** `[SEP]` ends a turn, `[CLS]` stands before an answer. */
const CHAT_TEMPLATE =
  '{% for message in messages %}{{ message.role }} : {{ message.content }} [SEP] {% endfor %}{% if add_generation_prompt %}[CLS]{% endif %}';

/** As Gemma's: it has no role for the system. */
export const TEMPLATE_WITHOUT_SYSTEM = `{% if messages[0].role == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}${CHAT_TEMPLATE}`;

/**
 * Writes a causal language model in the layout of the Hugging Face Hub: config.json, generation_config.json, tokenizer
 * files, onnx/model.onnx. It is a table of which token follows which: `[CLS]`, the words of the answer, `[SEP]`.
 */
export function makeTinyLanguageModel(folder: string, options: TinyLanguageModel): void {
  const { answer, texts = [], maxLength = 4096, ending = 'end', chatTemplate = CHAT_TEMPLATE } = options;
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  const words = [...new Set([...answer, ...wordsOfTexts(texts), 'user', 'assistant', 'system', ':'])];
  const vocabulary = writeBertTokenizer(folder, { words, maxLength });
  const idOf = (word: string): number => vocabulary.indexOf(word);
  const config = {
    model_type: 'gpt2',
    architectures: ['GPT2LMHeadModel'],
    n_embd: 8,
    n_head: 1,
    n_layer: 1,
    n_positions: maxLength,
    vocab_size: vocabulary.length,
    eos_token_id: idOf('[SEP]'),
    pad_token_id: idOf('[PAD]'),
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  writeFileSync(join(folder, 'generation_config.json'), JSON.stringify({ eos_token_id: idOf('[SEP]') }));
  change(join(folder, 'tokenizer.json'), { decoder: { type: 'Fuse' } });
  change(join(folder, 'tokenizer_config.json'), {
    clean_up_tokenization_spaces: false,
    ...(chatTemplate !== null && { chat_template: chatTemplate }),
  });

  const rows = vocabulary.length;
  // One more than there are rows: choosing it fails the next step.
  const columns = rows + 1;
  const table = new Float32Array(rows * columns);
  const follow = (id: number, next: number): void => {
    table[id * columns + next] = 20;
  };
  const last = { end: idOf('[SEP]'), silence: idOf('[UNK]'), failure: rows }[ending];
  const chain = ['[CLS]', ...answer].map(idOf);
  for (const [i, id] of chain.entries()) follow(id, chain[i + 1] ?? last);
  follow(idOf('[UNK]'), idOf('[UNK]'));
  const sequences = ['batch', 'sequence'];
  const bytes = writeOnnx({
    inputs: ['input_ids', 'attention_mask'].map((name) => ({ name, type: 'int64' as const, shape: sequences })),
    outputs: [{ name: 'logits', type: 'float', shape: [...sequences, columns] }],
    constants: [{ name: 'following', shape: [rows, columns], data: table }],
    nodes: [{ op: 'Gather', inputs: ['following', 'input_ids'], outputs: ['logits'], attributes: { axis: 0 } }],
  });
  writeFileSync(join(folder, 'onnx', 'model.onnx'), bytes);
}

function change(file: string, changes: object): void {
  const known = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...known, ...changes }));
}
