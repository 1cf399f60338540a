/** RoBERTa counts positions from the number of its padding token on, which is 1. */
const POSITIONS_LOST: Readonly<Record<string, number>> = { roberta: 2, 'xlm-roberta': 2, camembert: 2 };

/** Longest input of a model in tokens, special ones included: what tokenizer and model take, and `most` at the most. */
export function maxTokensOf(
  tokenizer: { readonly model_max_length: number },
  { config }: { readonly config: { readonly model_type?: string; readonly max_position_embeddings?: number } },
  most: number,
): number {
  const positions = config.max_position_embeddings ?? Number.POSITIVE_INFINITY;
  const lost = POSITIONS_LOST[config.model_type ?? ''] ?? 0;
  return Math.max(8, Math.min(tokenizer.model_max_length || most, positions - lost, most));
}
