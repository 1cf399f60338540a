import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cutText } from '../cut-text.ts';
import { fitPassage, fitQuery } from './fit-pair.ts';
import type { ModelSource } from './worker-messages.ts';

/** A model in memory. Scores are its logits; of two classes, the second less the first. */
export type CrossEncoder = { score(query: string, passages: readonly string[]): Promise<number[]> };

type Library = typeof import('@huggingface/transformers');
type Input = Readonly<Record<string, unknown>>;
type Tokenizer = {
  (texts: string[], options: object): Input;
  encode(text: string, options: { text_pair: string }): number[];
  readonly model_max_length: number;
};
type Model = {
  (input: Input): Promise<{ logits?: { dims: readonly number[]; data: ArrayLike<number> } }>;
  readonly config: { readonly model_type?: string; readonly max_position_embeddings?: number };
};

/** Models that take more are slow long before; passages have a few hundred tokens. */
const MAX_TOKENS = 1024;
/** RoBERTa counts positions from the number of its padding token on, which is 1. */
const POSITIONS_LOST: Readonly<Record<string, number>> = { roberta: 2, 'xlm-roberta': 2, camembert: 2 };

/**
 * Loads a sequence classification model in ONNX form, by transformers.js, on the CPU. Of a model with both, the
 * quantized form is taken: it is a quarter as large. Throws what the library throws, and an Error for a model that is no
 * reranker.
 */
export async function loadCrossEncoder(library: Library, source: ModelSource): Promise<CrossEncoder> {
  const { AutoConfig, AutoTokenizer, AutoModelForSequenceClassification, env, LogLevel } = library;
  env.logLevel = LogLevel.NONE;
  env.cacheDir = source.cacheFolder;
  env.remoteHost = `${source.endpoint}/`;
  env.allowRemoteModels = !source.offline && !source.isFolder;
  // A name of the Hub must not be taken for a folder below the library.
  env.localModelPath = source.cacheFolder;
  // Says what is missing; the tokenizer fails with a message about its own code when nothing is there.
  await AutoConfig.from_pretrained(source.model);
  if (source.isFolder) assertFiles(source.model, ['tokenizer.json', 'tokenizer_config.json']);
  const tokenizer = (await AutoTokenizer.from_pretrained(source.model)) as unknown as Tokenizer;
  const model = (await firstThatLoads(formsOf(source), (form) =>
    AutoModelForSequenceClassification.from_pretrained(source.model, { device: 'cpu', ...form }),
  )) as unknown as Model;
  const maxTokens = maxTokensOf(tokenizer, model);
  const count = (query: string, passage: string): number => tokenizer.encode(query, { text_pair: passage }).length;
  return {
    async score(query, passages) {
      const fitted = fitQuery(query, maxTokens, count);
      const texts = passages.map((passage) => fitPassage(fitted, passage, maxTokens, count));
      const input = tokenizer(
        texts.map(() => fitted),
        { text_pair: texts, padding: true, truncation: true, max_length: maxTokens },
      );
      return scoresOf(await model(input), texts.length);
    },
  };
}

function assertFiles(folder: string, names: readonly string[]): void {
  const missing = names.filter((name) => !existsSync(join(folder, name)));
  if (missing.length > 0) throw new Error(`its folder has no ${missing.join(' and no ')}`);
}

type Form = { readonly dtype: 'q8' | 'fp32'; readonly subfolder?: string };

/** The forms to try, in order. Of a folder, that which is there; `optimum` writes model.onnx beside config.json. */
function formsOf({ isFolder, model }: ModelSource): readonly Form[] {
  const all: readonly (Form & { readonly file: string })[] = [
    { dtype: 'q8', file: 'onnx/model_quantized.onnx' },
    { dtype: 'fp32', file: 'onnx/model.onnx' },
    { dtype: 'q8', file: 'model_quantized.onnx', subfolder: '' },
    { dtype: 'fp32', file: 'model.onnx', subfolder: '' },
  ];
  const forms = isFolder ? all.filter(({ file }) => existsSync(join(model, file))) : all.slice(0, 2);
  if (forms.length === 0) throw new Error(`it has none of ${all.map(({ file }) => file).join(', ')}`);
  return forms.map(({ file: _, ...form }) => form);
}

async function firstThatLoads<Model>(forms: readonly Form[], load: (form: Form) => Promise<Model>): Promise<Model> {
  for (const form of forms.slice(0, -1)) {
    try {
      return await load(form);
    } catch (error) {
      if (!isFileMissing(error)) throw error;
    }
  }
  return await load(forms.at(-1) as Form);
}

/** How the library says that a file is not on the Hub, or not in the cache. */
export const isFileMissing = (error: unknown): boolean =>
  /could not locate file|not found locally|file was not found|Unauthorized access to file/i.test(String(error));

function maxTokensOf({ model_max_length: byTokenizer }: Tokenizer, { config }: Model): number {
  const positions = config.max_position_embeddings ?? Number.POSITIVE_INFINITY;
  const lost = POSITIONS_LOST[config.model_type ?? ''] ?? 0;
  return Math.max(8, Math.min(byTokenizer || MAX_TOKENS, positions - lost, MAX_TOKENS));
}

function scoresOf({ logits }: Awaited<ReturnType<Model>>, count: number): number[] {
  const [rows, classes] = logits?.dims ?? [];
  if (!logits || rows !== count || (classes !== 1 && classes !== 2)) {
    const shape = logits ? `[${logits.dims.join(', ')}]` : 'nothing';
    throw new Error(
      `it gives ${cutText(shape, 60)} for ${count} passages, and a reranker gives one or two logits each`,
    );
  }
  const at = (row: number, column: number): number => logits.data[row * classes + column] as number;
  const scores = Array.from({ length: count }, (_, row) => (classes === 1 ? at(row, 0) : at(row, 1) - at(row, 0)));
  if (!scores.every(Number.isFinite)) throw new Error('some of its scores are no numbers');
  return scores;
}
