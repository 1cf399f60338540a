/** How the vectors of a text's tokens become one. */
export type Pooling = 'mean' | 'cls' | 'last';

/** What is known of embedding models with like names. */
export type ModelFamily = {
  /** For people. */
  readonly name: string;
  /** Put before a question and before a passage. Services that take the role as a parameter get no prefix. */
  readonly query: string;
  readonly passage: string;
  readonly pooling: Pooling;
  /** Of the whole vector; null where members differ and the name does not say. */
  readonly dimensions: number | null;
  /** Most tokens of one text; what is beyond has no part in the vector. */
  readonly maxTokens: number;
  /** Whether the beginning of a vector is a vector too, so that fewer dimensions may be asked for (`model@256`). */
  readonly canShorten: boolean;
};

type Row = Partial<Omit<ModelFamily, 'name'>> & { readonly name: string; readonly pattern: RegExp };

const SEARCH_SENTENCE = 'Represent this sentence for searching relevant passages: ';
const INSTRUCTION = 'Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:';

/**
 * First match counts, so the special stands before the general. Names are compared in lower case without the owner.
 * Sources: the model cards on the Hugging Face Hub (intfloat/e5 and multilingual-e5, BAAI/bge, nomic-ai/nomic-embed-text,
 * mixedbread-ai/mxbai-embed-large-v1, Snowflake/snowflake-arctic-embed, thenlper and Alibaba-NLP/gte, Qwen/Qwen3-Embedding,
 * jinaai/jina-embeddings, google/embeddinggemma-300m, sentence-transformers), and the references of OpenAI, Google,
 * Mistral, Cohere and Voyage AI for theirs.
 */
const ROWS: readonly Row[] = [
  {
    name: 'E5 with instruction',
    pattern: /e5.*-instruct/,
    query: `${INSTRUCTION} `,
    pooling: 'mean',
    dimensions: 1024,
    maxTokens: 512,
  },
  {
    name: 'E5 small',
    pattern: /(^|-)e5-small/,
    query: 'query: ',
    passage: 'passage: ',
    dimensions: 384,
    maxTokens: 512,
  },
  { name: 'E5 base', pattern: /(^|-)e5-base/, query: 'query: ', passage: 'passage: ', dimensions: 768, maxTokens: 512 },
  {
    name: 'E5 large',
    pattern: /(^|-)e5-large/,
    query: 'query: ',
    passage: 'passage: ',
    dimensions: 1024,
    maxTokens: 512,
  },
  { name: 'E5', pattern: /(^|-)e5(-|$)/, query: 'query: ', passage: 'passage: ', maxTokens: 512 },

  { name: 'BGE-M3', pattern: /bge-m3/, pooling: 'cls', dimensions: 1024, maxTokens: 8192 },
  { name: 'BGE small', pattern: /bge-small-en/, query: SEARCH_SENTENCE, pooling: 'cls', dimensions: 384 },
  { name: 'BGE base', pattern: /bge-base-en/, query: SEARCH_SENTENCE, pooling: 'cls', dimensions: 768 },
  { name: 'BGE large', pattern: /bge-large(-en|$|:)/, query: SEARCH_SENTENCE, pooling: 'cls', dimensions: 1024 },
  { name: 'BGE, Chinese', pattern: /bge-.*-zh/, query: '为这个句子生成表示以用于检索相关文章：', pooling: 'cls' },
  { name: 'BGE', pattern: /(^|-)bge-/, query: SEARCH_SENTENCE, pooling: 'cls' },

  {
    name: 'Nomic Embed 2',
    pattern: /nomic-embed-text-v2/,
    query: 'search_query: ',
    passage: 'search_document: ',
    dimensions: 768,
    maxTokens: 512,
    canShorten: true,
  },
  {
    name: 'Nomic Embed',
    pattern: /nomic-embed-text/,
    query: 'search_query: ',
    passage: 'search_document: ',
    dimensions: 768,
    maxTokens: 2048,
    canShorten: true,
  },
  {
    name: 'mxbai large',
    pattern: /mxbai-embed-(2d-)?large/,
    query: SEARCH_SENTENCE,
    pooling: 'cls',
    dimensions: 1024,
    canShorten: true,
  },
  {
    name: 'Arctic Embed 2 large',
    pattern: /snowflake-arctic-embed(2|-l-v2)/,
    query: 'query: ',
    pooling: 'cls',
    dimensions: 1024,
    maxTokens: 8192,
    canShorten: true,
  },
  {
    name: 'Arctic Embed 2 medium',
    pattern: /snowflake-arctic-embed-m-v2/,
    query: 'query: ',
    pooling: 'cls',
    dimensions: 768,
    maxTokens: 8192,
    canShorten: true,
  },
  {
    name: 'Arctic Embed extra small and small',
    pattern: /snowflake-arctic-embed[-:](xs|s|22m|33m)/,
    query: SEARCH_SENTENCE,
    pooling: 'cls',
    dimensions: 384,
  },
  {
    name: 'Arctic Embed medium',
    pattern: /snowflake-arctic-embed[-:](m|110m|137m)/,
    query: SEARCH_SENTENCE,
    pooling: 'cls',
    dimensions: 768,
  },
  {
    name: 'Arctic Embed large',
    pattern: /snowflake-arctic-embed/,
    query: SEARCH_SENTENCE,
    pooling: 'cls',
    dimensions: 1024,
  },

  { name: 'GTE, Qwen', pattern: /gte-qwen/, query: INSTRUCTION.replace(/$/, ' '), pooling: 'last', maxTokens: 32_768 },
  { name: 'GTE multilingual', pattern: /gte-multilingual-base/, pooling: 'cls', dimensions: 768, maxTokens: 8192 },
  { name: 'GTE ModernBERT', pattern: /gte-modernbert-base/, pooling: 'cls', dimensions: 768, maxTokens: 8192 },
  { name: 'GTE 1.5 base', pattern: /gte-base-en-v1\.5/, pooling: 'cls', dimensions: 768, maxTokens: 8192 },
  { name: 'GTE 1.5 large', pattern: /gte-large-en-v1\.5/, pooling: 'cls', dimensions: 1024, maxTokens: 8192 },
  { name: 'GTE small', pattern: /gte-small/, dimensions: 384 },
  { name: 'GTE base', pattern: /gte-base/, dimensions: 768 },
  { name: 'GTE large', pattern: /gte-large/, dimensions: 1024 },

  {
    name: 'Qwen3 Embedding 0.6B',
    pattern: /qwen3-embedding[-:]0\.6b/,
    query: INSTRUCTION,
    pooling: 'last',
    dimensions: 1024,
    maxTokens: 32_768,
    canShorten: true,
  },
  {
    name: 'Qwen3 Embedding 4B',
    pattern: /qwen3-embedding[-:]4b/,
    query: INSTRUCTION,
    pooling: 'last',
    dimensions: 2560,
    maxTokens: 32_768,
    canShorten: true,
  },
  {
    name: 'Qwen3 Embedding',
    pattern: /qwen3-embedding/,
    query: INSTRUCTION,
    pooling: 'last',
    // The 8B form, which Ollama means by the name alone.
    dimensions: 4096,
    maxTokens: 32_768,
    canShorten: true,
  },

  { name: 'Jina 2 small', pattern: /jina-embeddings-v2-small/, dimensions: 512, maxTokens: 8192 },
  { name: 'Jina 2 base', pattern: /jina-embeddings-v2-base/, dimensions: 768, maxTokens: 8192 },
  {
    name: 'Jina 3',
    pattern: /jina-embeddings-v3/,
    query: 'Represent the query for retrieving evidence documents: ',
    passage: 'Represent the document for retrieval: ',
    dimensions: 1024,
    maxTokens: 8192,
    canShorten: true,
  },
  {
    name: 'EmbeddingGemma',
    pattern: /embedding-?gemma/,
    query: 'task: search result | query: ',
    passage: 'title: none | text: ',
    dimensions: 768,
    maxTokens: 2048,
    canShorten: true,
  },

  {
    name: 'MiniLM, paraphrases in many languages',
    pattern: /paraphrase-multilingual-minilm/,
    dimensions: 384,
    maxTokens: 128,
  },
  {
    name: 'MPNet, paraphrases in many languages',
    pattern: /paraphrase-multilingual/,
    dimensions: 768,
    maxTokens: 128,
  },
  { name: 'MiniLM, paraphrases', pattern: /paraphrase-minilm/, dimensions: 384, maxTokens: 128 },
  { name: 'MiniLM, questions', pattern: /multi-qa-minilm/, dimensions: 384 },
  { name: 'MiniLM L12', pattern: /all-minilm(-l12|:l12)/, dimensions: 384, maxTokens: 128 },
  { name: 'MiniLM', pattern: /all-minilm/, dimensions: 384, maxTokens: 256 },
  { name: 'MPNet', pattern: /all-mpnet-base/, dimensions: 768, maxTokens: 384 },

  {
    name: 'OpenAI 3 small',
    pattern: /text-embedding-3-small/,
    dimensions: 1536,
    maxTokens: 8192,
    canShorten: true,
  },
  {
    name: 'OpenAI 3 large',
    pattern: /text-embedding-3-large/,
    dimensions: 3072,
    maxTokens: 8192,
    canShorten: true,
  },
  { name: 'OpenAI ada 2', pattern: /text-embedding-ada-002/, dimensions: 1536, maxTokens: 8192 },
  { name: 'Gemini Embedding', pattern: /gemini-embedding/, dimensions: 3072, maxTokens: 2048, canShorten: true },
  { name: 'Google 004', pattern: /text-embedding-004/, dimensions: 768, maxTokens: 2048, canShorten: true },
  { name: 'Mistral Embed', pattern: /mistral-embed/, dimensions: 1024, maxTokens: 8192 },
  { name: 'Codestral Embed', pattern: /codestral-embed/, dimensions: 1536, maxTokens: 8192, canShorten: true },
  { name: 'Cohere 4', pattern: /embed-v4/, dimensions: 1536, maxTokens: 128_000, canShorten: true },
  { name: 'Cohere 3 light', pattern: /embed-(english|multilingual)-light-v3/, dimensions: 384 },
  { name: 'Cohere 3', pattern: /embed-(english|multilingual)-v3/, dimensions: 1024 },
  { name: 'Voyage 3 lite', pattern: /voyage-3-lite/, dimensions: 512, maxTokens: 32_000 },
  { name: 'Voyage 3', pattern: /voyage-3$/, dimensions: 1024, maxTokens: 32_000 },
  { name: 'Voyage law and finance', pattern: /voyage-(law|finance)/, dimensions: 1024, maxTokens: 16_000 },
  { name: 'Voyage', pattern: /voyage-(3|4|code-3)/, dimensions: 1024, maxTokens: 32_000, canShorten: true },
];

/** Of a model that the table does not know: no prefix, the mean, and a length that every model takes. */
const UNKNOWN: ModelFamily = {
  name: 'unknown',
  query: '',
  passage: '',
  pooling: 'mean',
  dimensions: null,
  maxTokens: 512,
  canShorten: false,
};

/** The family of a model's name, its owner and folder left out of account; null when the table has none. */
export function familyOf(model: string): ModelFamily | null {
  const name = (model.toLowerCase().split(/[\\/]/).at(-1) ?? '').replaceAll('_', '-');
  const row = ROWS.find(({ pattern }) => pattern.test(name));
  if (!row) return null;
  const { pattern: _, ...known } = row;
  return { ...UNKNOWN, ...known };
}

/** What to do with a model of any name. */
export const familyOrDefault = (model: string): ModelFamily => familyOf(model) ?? UNKNOWN;
