import { expect, test } from 'vitest';
import { familyOf, familyOrDefault } from '../../src/embed/model-families.ts';

test.each<[string, string, Partial<ReturnType<typeof familyOrDefault>>]>([
  ['intfloat/multilingual-e5-small', 'E5 small', { query: 'query: ', passage: 'passage: ', dimensions: 384 }],
  ['Xenova/e5-large-v2', 'E5 large', { pooling: 'mean', dimensions: 1024 }],
  ['intfloat/multilingual-e5-large-instruct', 'E5 with instruction', { passage: '' }],
  ['Xenova/bge-small-en-v1.5', 'BGE small', { pooling: 'cls', dimensions: 384, passage: '' }],
  ['BAAI/bge-m3', 'BGE-M3', { query: '', dimensions: 1024, maxTokens: 8192 }],
  ['bge-large:335m', 'BGE large', { dimensions: 1024 }],
  ['BAAI/bge-base-zh-v1.5', 'BGE, Chinese', { pooling: 'cls' }],
  ['nomic-embed-text:latest', 'Nomic Embed', { query: 'search_query: ', passage: 'search_document: ' }],
  ['nomic-ai/nomic-embed-text-v2-moe', 'Nomic Embed 2', { maxTokens: 512 }],
  ['mxbai-embed-large', 'mxbai large', { pooling: 'cls' }],
  ['snowflake-arctic-embed2', 'Arctic Embed 2 large', { query: 'query: ' }],
  ['Snowflake/snowflake-arctic-embed-s', 'Arctic Embed extra small and small', { dimensions: 384 }],
  ['snowflake-arctic-embed', 'Arctic Embed large', { dimensions: 1024 }],
  ['Supabase/gte-small', 'GTE small', { query: '', dimensions: 384 }],
  ['Alibaba-NLP/gte-base-en-v1.5', 'GTE 1.5 base', { pooling: 'cls' }],
  ['qwen3-embedding:0.6b', 'Qwen3 Embedding 0.6B', { pooling: 'last', dimensions: 1024 }],
  ['Qwen/Qwen3-Embedding-8B', 'Qwen3 Embedding', { dimensions: 4096 }],
  ['jinaai/jina-embeddings-v2-base-de', 'Jina 2 base', { dimensions: 768 }],
  ['embeddinggemma:300m', 'EmbeddingGemma', { query: 'task: search result | query: ' }],
  ['onnx-community/embeddinggemma-300m-ONNX', 'EmbeddingGemma', { passage: 'title: none | text: ' }],
  ['sentence-transformers/all-MiniLM-L6-v2', 'MiniLM', { dimensions: 384, query: '' }],
  ['/home/me/models/paraphrase_multilingual-MiniLM-L12-v2', 'MiniLM, paraphrases in many languages', {}],
  ['text-embedding-3-large', 'OpenAI 3 large', { dimensions: 3072, canShorten: true }],
  ['gemini-embedding-001', 'Gemini Embedding', { maxTokens: 2048 }],
  ['embed-multilingual-light-v3.0', 'Cohere 3 light', { dimensions: 384 }],
  ['voyage-3', 'Voyage 3', { dimensions: 1024, canShorten: false }],
  ['voyage-3.5-lite', 'Voyage', { dimensions: 1024, canShorten: true }],
])('%s is of the family %s', (model, name, facts) => {
  expect(familyOf(model)).toMatchObject({ name, ...facts });
});

test('a folder above the model says nothing of it', () => {
  expect(familyOf('/srv/bge-m3/my-model')).toBeNull();
  expect(familyOrDefault('my-model')).toMatchObject({ query: '', passage: '', pooling: 'mean' });
});
