import { performance } from 'node:perf_hooks';
import type { Embedder } from '../../embed/types.ts';
import type { Generator } from '../../generate/types.ts';
import { RagError } from '../../platform/errors.ts';

export type EmbedderTest = {
  readonly kind: 'embed';
  readonly name: string;
  readonly dimensions: number;
  /** Length of the vectors; 1 is right. */
  readonly norm: number;
  /** Mean cosine of a question with the sentence that answers it, and with the others. */
  readonly related: number;
  readonly unrelated: number;
  /** Questions whose own sentence is the nearest, of all. */
  readonly right: number;
  readonly questions: number;
  /** The first call, in which a model may have to be loaded. */
  readonly firstMs: number;
  readonly textsPerSecond: number;
  readonly passed: boolean;
};

export type GeneratorTest = {
  readonly kind: 'answer';
  readonly name: string;
  readonly text: string;
  readonly firstTokenMs: number;
  readonly elapsedMs: number;
  readonly outputTokens: number;
  readonly tokensPerSecond: number | null;
  readonly passed: boolean;
};

/** Questions and sentences that share hardly a word, so that it is the meaning that is tested. */
const PAIRS: readonly (readonly [question: string, sentence: string])[] = [
  ['How long may parents stay at home after a birth?', 'Mothers and fathers get half a year of parental leave.'],
  ['Which metal rusts?', 'Iron turns brown when it meets water and air.'],
  ['Where do penguins live?', 'These birds that cannot fly breed on the ice of Antarctica.'],
  ['What should I do when my password does not work?', 'Ask the help desk to reset your login.'],
  ['When was the first moon landing?', 'In July 1969 two astronauts walked on the lunar surface.'],
  ['How is cheese made?', 'Milk is curdled, drained, salted and left to ripen.'],
];

/** So many texts show how fast it is. */
const SPEED_TEXTS = 48;

const PROMPT = 'What is the capital of France? Answer in one short sentence.';
const MAX_OUTPUT_TOKENS = 64;

/** Whether related texts are nearer than others, and how fast it is. Throws as the embedder does. */
export async function testEmbedder(name: string, embedder: Embedder, signal?: AbortSignal): Promise<EmbedderTest> {
  const started = performance.now();
  const first = await embedder.embedQuery(PAIRS[0]![0], signal);
  const firstMs = performance.now() - started;
  if (!first) {
    throw new RagError('MODEL_FAILED', {
      message: `${name} has no vector for a plain question.`,
      hint: 'Choose a model that embeds sentences.',
    });
  }
  const questions: (Float32Array | null)[] = [first];
  for (const [question] of PAIRS.slice(1)) questions.push(await embedder.embedQuery(question, signal));
  const sentences = PAIRS.map(([, sentence]) => sentence);
  const speedStarted = performance.now();
  const many = Array.from({ length: SPEED_TEXTS }, (_, i) => `${i + 1}. ${sentences[i % sentences.length]}`);
  const timed = await embedder.embedPassages(many, signal);
  const speedMs = performance.now() - speedStarted;
  const vectors = await embedder.embedPassages(sentences, signal);
  const cosines = questions.map((question) => vectors.map((vector) => cosine(question, vector)));
  const related = mean(cosines.map((row, i) => row[i]!));
  const unrelated = mean(cosines.flatMap((row, i) => row.filter((_, j) => j !== i)));
  const right = cosines.filter((row, i) => row.every((value, j) => j === i || value < row[i]!)).length;
  return {
    kind: 'embed',
    name,
    dimensions: first.length,
    norm: Math.hypot(...first),
    related,
    unrelated,
    right,
    questions: PAIRS.length,
    firstMs,
    textsPerSecond: (timed.length * 1000) / Math.max(speedMs, 0.001),
    passed: related > unrelated && right > PAIRS.length / 2,
  };
}

/** What it answers to a short question, and how fast. Throws as the generator does. */
export async function testGenerator(name: string, generator: Generator, signal?: AbortSignal): Promise<GeneratorTest> {
  const started = performance.now();
  let text = '';
  let firstTokenMs: number | null = null;
  let outputTokens = 0;
  const request = { messages: [{ role: 'user' as const, content: PROMPT }], maxOutputTokens: MAX_OUTPUT_TOKENS };
  for await (const event of generator.generate(request, signal)) {
    if (event.type === 'text-delta') {
      firstTokenMs ??= performance.now() - started;
      text += event.text;
    }
    if (event.type === 'finish') outputTokens = event.usage.outputTokens;
  }
  const elapsedMs = performance.now() - started;
  const writingMs = elapsedMs - (firstTokenMs ?? elapsedMs);
  return {
    kind: 'answer',
    name,
    text: text.trim(),
    firstTokenMs: firstTokenMs ?? elapsedMs,
    elapsedMs,
    outputTokens,
    // The first token comes with the wait for it.
    tokensPerSecond: outputTokens > 1 && writingMs > 0 ? ((outputTokens - 1) * 1000) / writingMs : null,
    passed: text.trim() !== '',
  };
}

function cosine(a: Float32Array | null, b: Float32Array | null | undefined): number {
  if (!a || !b || a.length !== b.length) return 0;
  const dot = a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b) || 1);
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
