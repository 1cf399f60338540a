import { cutText } from '../../domain/cut-text.ts';
import { maxTokensOf } from '../../platform/transformers/max-tokens.ts';
import type { ModelSource } from '../../platform/transformers/model-source.ts';
import { loadFirstForm, openLibrary } from '../../platform/transformers/open-library.ts';
import { fitPassage, fitQuery } from './fit-pair.ts';

/** A model in memory. Scores are its logits; of two classes, the second less the first. */
export type CrossEncoder = { score(query: string, passages: readonly string[]): Promise<number[]> };

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

/**
 * Loads a sequence classification model in ONNX form, by transformers.js, on the CPU. Throws what the library throws, and
 * an Error for a model that is no reranker.
 */
export async function loadCrossEncoder(source: ModelSource): Promise<CrossEncoder> {
  const { AutoTokenizer, AutoModelForSequenceClassification } = await openLibrary(source);
  const tokenizer = (await AutoTokenizer.from_pretrained(source.model)) as unknown as Tokenizer;
  const model = (await loadFirstForm(source, (form) =>
    AutoModelForSequenceClassification.from_pretrained(source.model, { device: 'cpu', ...form }),
  )) as unknown as Model;
  const maxTokens = maxTokensOf(tokenizer, model, MAX_TOKENS);
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
