/** What a model was asked for. */
export type CallPurpose =
  | 'ask'
  | 'chat'
  | 'rewrite'
  | 'expand'
  | 'rerank'
  | 'grade'
  | 'summarize'
  | 'graph'
  | 'eval'
  | 'replay'
  | 'embed';
