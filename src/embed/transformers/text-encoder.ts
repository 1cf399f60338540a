import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cutText } from '../../domain/cut-text.ts';
import { fitText, MAX_TOKEN_LENGTH } from '../../platform/transformers/fit-text.ts';
import { maxTokensOf } from '../../platform/transformers/max-tokens.ts';
import type { ModelSource } from '../../platform/transformers/model-source.ts';
import { loadFirstForm, openLibrary } from '../../platform/transformers/open-library.ts';
import type { TextRole } from '../types.ts';
import { downloadFacts, readFacts } from './model-facts.ts';
import { poolTokens, type Tensor } from './pool-tokens.ts';
import type { EncoderDefaults } from './worker-messages.ts';

/** A model in memory. */
export type TextEncoder = {
  embed(texts: readonly string[], role: TextRole): Promise<{ vectors: Float32Array[]; cutTexts: number }>;
};

type Tokenizer = {
  (texts: string[], options: object): { readonly attention_mask: { readonly data: ArrayLike<number | bigint> } };
  encode(text: string): number[];
  readonly model_max_length: number;
};
type Model = {
  (input: object): Promise<Readonly<Record<string, Tensor | undefined>>>;
  readonly config: { readonly model_type?: string; readonly max_position_embeddings?: number };
};

/** Attention over more takes gigabytes; passages have a few hundred tokens. */
const MAX_TOKENS = 8192;

/**
 * Loads a model that gives a vector for each token, or one for each text, in ONNX form, by transformers.js, on the CPU.
 * Throws what the library throws, and an Error for a model that gives neither.
 */
export async function loadTextEncoder(source: ModelSource, defaults: EncoderDefaults): Promise<TextEncoder> {
  const isNew = !source.isFolder && !existsSync(join(source.cacheFolder, source.model, 'config.json'));
  const { AutoTokenizer, AutoModel } = await openLibrary(source);
  const tokenizer = (await AutoTokenizer.from_pretrained(source.model)) as unknown as Tokenizer;
  const model = (await loadFirstForm(source, (form) =>
    AutoModel.from_pretrained(source.model, { device: 'cpu', ...form }),
  )) as unknown as Model;
  if (isNew) await downloadFacts(source);
  const facts = readFacts(source, defaults);
  const maxTokens = maxTokensOf(tokenizer, model, Math.min(facts.maxTokens, MAX_TOKENS));
  const count = (text: string): number => tokenizer.encode(text).length;
  return {
    async embed(texts, role) {
      const whole = texts.map((text) => `${facts[role]}${text}`);
      const fitted = whole.map((text) => fitText(cutText(text, maxTokens * MAX_TOKEN_LENGTH), maxTokens, count));
      const input = tokenizer(fitted, { padding: true, truncation: true, max_length: maxTokens });
      const output = await model(input);
      return {
        vectors: vectorsOf(output, { mask: input.attention_mask.data, count: texts.length, pooling: facts.pooling }),
        cutTexts: fitted.filter((text, i) => text !== whole[i]).length,
      };
    },
  };
}

function vectorsOf(
  output: Readonly<Record<string, Tensor | undefined>>,
  parts: { mask: ArrayLike<number | bigint>; count: number; pooling: EncoderDefaults['pooling'] },
): Float32Array[] {
  // Exports of sentence-transformers hold the pooling, and what comes after it.
  const { sentence_embedding: whole, last_hidden_state, token_embeddings } = output;
  if (whole?.dims.length === 2 && whole.dims[0] === parts.count) {
    const dimensions = whole.dims[1] as number;
    return Array.from({ length: parts.count }, (_, text) =>
      Float32Array.from({ length: dimensions }, (_, i) => whole.data[text * dimensions + i] as number),
    );
  }
  const states = last_hidden_state ?? token_embeddings;
  if (!states) throw new Error(`it gives ${cutText(Object.keys(output).join(', ') || 'nothing', 80)}, and no vectors`);
  return poolTokens(states, parts.mask, parts.pooling);
}
