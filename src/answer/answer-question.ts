import type { Answer, Citation, SentenceCheck, Usage } from '../domain/answer.ts';
import type { DocumentId } from '../domain/ids.ts';
import type { Hit } from '../domain/search.ts';
import type { Generator } from '../generate/types.ts';
import { isRagError, throwIfAborted } from '../platform/errors.ts';
import { buildPrompt, type Prompt } from './build-prompt.ts';
import { createSentenceJudge } from './check/create-sentence-judge.ts';
import { createQuotationCheck } from './check-quotations.ts';
import { type Extract, extractAnswer, renderExtracts, spansOfExtracts } from './extract-answer.ts';
import { judgeRelevance, type Relevance } from './judge-relevance.ts';
import { createAnswerMarker } from './mark-answer.ts';
import { packContext, type Surroundings } from './pack-context.ts';
import { parseCitations } from './parse-citations.ts';
import { hasSubject } from './question-terms.ts';
import { verifyCitations } from './verify-citations.ts';
import { withoutInstructions } from './without-instructions.ts';

export type AnswerEvent =
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'citation'; readonly citation: Citation }
  | AnswerEnd;

type AnswerEnd = { readonly type: 'answer-end'; readonly answer: Answer };

export type AnswerOptions = {
  readonly question: string;
  /** Best first. */
  readonly hits: readonly Hit[];
  /** Null: the answer is made of sentences of the hits. */
  readonly generator: Generator | null;
  /** Wishes of the user about the answer; they stand below the rules on citing. */
  readonly system?: string;
  /** YYYY-MM-DD; a model that is not told takes the day for one in its training. */
  readonly today?: string;
  /** Most tokens that passages may take in the prompt. */
  readonly contextTokens: number;
  /** `given` for passages that are read in their order; else the best stand at both ends. */
  readonly passageOrder?: 'given';
  /** What passages grow by while there is room; without it they stay as they were found. */
  readonly around?: Surroundings;
  readonly documentText: (documentId: DocumentId) => string | null;
  /** Rarity of a lower-case word in the collection; without it the hits themselves must do. */
  readonly idf?: (word: string) => number;
  /** Quoted where no model takes part, in place of what the words of the question choose. */
  readonly extracts?: readonly Extract[];
  /** How far the hits speak of the question, where that is known already. */
  readonly relevance?: Relevance;
  /** What was said before, as the prompt takes it. */
  readonly conversation?: string;
  /** Called before the model is asked: with what it is asked, and the passages as they are numbered there. */
  readonly onPrompt?: (prompt: Prompt, passages: readonly Hit[]) => void;
  readonly signal?: AbortSignal;
};

/** `Answer.model` of an answer that no model took part in. */
export const EXTRACTIVE_MODEL = 'extractive';

/**
 * Answers a question from hits: the text as it comes, then every citation as it was checked, then the whole answer.
 * What a model puts in quotation marks though no passage says it is marked as it comes, and so is each sentence that the
 * passages do not say, behind its citations. Without hits, or without a model when the hits speak of something else, the
 * text is empty and support is 'none'; it is 'none' too where they do and none of a model's sentences stands in them.
 * A model that fails before its first text throws its RagError; one that breaks off later ends the answer with a warning.
 */
export async function* answerQuestion(options: AnswerOptions): AsyncGenerator<AnswerEvent> {
  throwIfAborted(options.signal);
  const { question, hits, generator } = options;
  if (hits.length === 0) yield { type: 'answer-end', answer: emptyAnswer(question, hits, generator) };
  else if (generator && options.relevance && isHopeless(options.relevance)) {
    yield { type: 'answer-end', answer: emptyAnswer(question, hits, generator, warningsOn(options.relevance)) };
  } else if (generator) yield* generateAnswer(options, generator);
  else yield* quoteAnswer(options);
}

/**
 * Whether no model can answer from such passages: they lack a name, number or code of the question, and nearly all of its
 * other words. Passages in other words, or another language, are left to the model.
 */
const isHopeless = ({ answerable, coverage, missing }: Relevance): boolean =>
  !answerable && missing.length > 0 && coverage < HOPELESS_COVERAGE;

const HOPELESS_COVERAGE = 0.2;

const NO_USAGE: Usage = { inputTokens: 0, outputTokens: 0 };

const emptyAnswer = (
  question: string,
  hits: readonly Hit[],
  generator: Generator | null,
  warnings: string[] = [],
): Answer => ({
  question,
  text: '',
  model: generator?.name ?? EXTRACTIVE_MODEL,
  citations: [],
  hits,
  usage: NO_USAGE,
  support: 'none',
  warnings,
});

async function* quoteAnswer(options: AnswerOptions): AsyncGenerator<AnswerEvent> {
  const { question, hits, documentText } = options;
  if (!options.extracts && !hasSubject(question)) {
    const warning = 'The question has only words that stand in every text; say what it is about.';
    yield { type: 'answer-end', answer: emptyAnswer(question, hits, null, [warning]) };
    return;
  }
  const relevance = options.extracts ? CHOSEN : (options.relevance ?? judgeRelevance(options));
  const extracts = options.extracts ?? (relevance.answerable ? extractAnswer(options) : []);
  if (extracts.length === 0) {
    yield { type: 'answer-end', answer: emptyAnswer(question, hits, null, warningsOn(relevance)) };
    return;
  }
  const citations = extracts.map((extract) => citationOf(extract, hits, documentText));
  const text = renderExtracts(extracts);
  yield { type: 'text-delta', text };
  for (const citation of citations) yield { type: 'citation', citation };
  const allVerified = citations.every((citation) => citation.verified);
  const answer: Answer = {
    question,
    text,
    model: EXTRACTIVE_MODEL,
    citations,
    hits,
    usage: NO_USAGE,
    checks: checksOf(extracts, citations),
    support: allVerified && relevance.coverage >= WELL_COVERED ? 'supported' : 'partial',
    warnings: allVerified ? [] : ['The stored text no longer holds what is quoted.'],
  };
  yield { type: 'answer-end', answer };
}

/** Each quotation is its own evidence. */
function checksOf(extracts: readonly Extract[], citations: readonly Citation[]): SentenceCheck[] {
  return spansOfExtracts(extracts).map((span, at): SentenceCheck => {
    const { marker, verified, quote } = citations[at]!;
    if (verified) return { span, label: 'supported', citations: [marker], reasons: [] };
    return { span, label: 'unsupported', citations: [marker], reasons: [{ kind: 'overlap', what: quote }] };
  });
}

const warningsOn = ({ missing }: Relevance): string[] =>
  missing.length > 0 ? [`No passage mentions ${missing.join(', ')}.`] : [];

/** Of what was chosen for another reason than its words. */
const CHOSEN: Relevance = { answerable: true, coverage: 1, missing: [] };

/** From this share of the question on, quoting counts as an answer to all of it. */
const WELL_COVERED = 0.6;

function citationOf(extract: Extract, hits: readonly Hit[], documentText: AnswerOptions['documentText']): Citation {
  const { marker, unit } = extract;
  const { chunk } = hits[marker - 1]!;
  const stored = documentText(chunk.documentId);
  const verified = stored !== null && stored.slice(unit.span.start, unit.span.end) === unit.text;
  return { marker, chunkId: chunk.id, span: unit.span, quote: unit.text, verified };
}

/** A model that does not stop is stopped. About 8,000 tokens; the answers that are asked for have a few hundred. */
const MAX_ANSWER_LENGTH = 32_000;
/** Answers from passages want the likeliest word, with a little room to leave a loop. */
const TEMPERATURE = 0.1;

async function* generateAnswer(options: AnswerOptions, generator: Generator): AsyncGenerator<AnswerEvent> {
  const { question, system, conversation, signal, documentText } = options;
  const context = packContext({
    hits: options.hits,
    maxTokens: options.contextTokens,
    order: options.passageOrder,
    around: options.around,
  });
  const hits = context.passages.map((passage) => passage.hit);
  if (hits.length === 0) {
    const warning = `No passage fits into ${options.contextTokens} tokens of context.`;
    yield { type: 'answer-end', answer: emptyAnswer(question, hits, generator, [warning]) };
    return;
  }
  const prompt = buildPrompt({ question, context, system, conversation, today: options.today });
  options.onPrompt?.(prompt, hits);
  // In a chat an answer is often asked for again. To be kept costs more, so a single question is not.
  const asked = conversation === undefined ? { ...prompt, stableLength: 0 } : prompt;
  const events = answerPrompt({ question, prompt: asked, hits, generator, documentText, signal });
  if (!options.relevance || options.relevance.answerable) yield* events;
  else for await (const event of events) yield event.type === 'answer-end' ? unlessUnfounded(event) : event;
}

/** Of passages that speak of something else: an answer of which they say no sentence is none. */
function unlessUnfounded({ answer, type }: AnswerEnd): AnswerEvent {
  const { checks = [] } = answer;
  const isUnfounded = checks.length > 0 && checks.every(({ label }) => label === 'unsupported');
  return { type, answer: isUnfounded ? { ...answer, support: 'none' } : answer };
}

/**
 * What a model writes to a prompt over these passages, every quotation, sentence and citation compared with them as it
 * comes. `question` tells what may be named without a passage.
 */
export async function* answerPrompt(parts: {
  readonly question: string;
  readonly prompt: Prompt;
  /** `[n]` is the n-th. */
  readonly hits: readonly Hit[];
  readonly generator: Generator;
  readonly documentText: AnswerOptions['documentText'];
  readonly signal?: AbortSignal;
}): AsyncGenerator<AnswerEvent> {
  const { question, prompt, hits, generator, documentText, signal } = parts;
  const warnings: string[] = [];
  const checkQuotation = createQuotationCheck(hits, question);
  const evidence = withoutInstructions({ hits, documentText });
  const judge = createSentenceJudge({ question, hits: evidence.hits, documentText: evidence.documentText });
  const marker = createAnswerMarker({ checkQuotation, judge, passages: hits.length });
  let text = '';
  let shown = '';
  let usage = NO_USAGE;
  let model = generator.name;
  let isWhole = true;
  try {
    const { stableLength } = prompt;
    const request = {
      system: prompt.system,
      messages: [{ role: 'user' as const, content: prompt.user, ...(stableLength > 0 && { stableLength }) }],
      temperature: TEMPERATURE,
    };
    for await (const event of generator.generate(request, signal)) {
      throwIfAborted(signal);
      if (event.type === 'failover') {
        warnings.push(`${event.from} did not answer (${event.reason}); ${event.to} did.`);
        model = event.to;
        continue;
      }
      if (event.type === 'finish') {
        usage = event.usage;
        model = event.model ?? model;
        if (event.note !== undefined) warnings.push(event.note);
        isWhole = event.reason !== 'length' && event.note === undefined;
        if (event.reason === 'length') warnings.push('The model reached its longest answer; the text is cut.');
        continue;
      }
      text += event.text;
      const part = marker.push(event.text);
      shown += part;
      if (part !== '') yield { type: 'text-delta', text: part };
      if (text.length >= MAX_ANSWER_LENGTH) {
        warnings.push(`The answer was stopped after ${text.length} characters.`);
        isWhole = false;
        break;
      }
    }
  } catch (error) {
    if (text === '' || !isRagError(error) || !error.code.startsWith('MODEL_')) throw error;
    warnings.push(`${error.message} What had come by then is shown.`);
    isWhole = false;
  }
  const rest = marker.end();
  shown += rest;
  if (rest !== '') yield { type: 'text-delta', text: rest };
  const checks = marker.checks();
  const verification = verifyCitations({ answer: text, hits, documentText, check: checkQuotation, checks });
  for (const citation of verification.citations) yield { type: 'citation', citation };
  if (text.trim() === '') warnings.push(`${model} gave an empty answer.`);
  else if (parseCitations(text).length === 0) {
    const compared = 'those listed are of passages in which its sentences stand';
    warnings.push(`The model gave no citations${verification.citations.length > 0 ? `; ${compared}` : ''}.`);
  } else if (verification.citations.length === 0) warnings.push('The answer cites no passage.');
  const told = evidence.instructing.filter((each) => verification.citations.some(({ marker }) => marker === each));
  if (told.length > 0) warnings.push(instructionWarning(told));
  const answer: Answer = {
    question,
    text: shown,
    model,
    citations: verification.citations,
    checks,
    ...(shown === text ? {} : { rawText: text }),
    ...(isWhole ? {} : { incomplete: true }),
    unverifiedQuotations: marker.quotations(),
    hits,
    usage,
    support: verification.support,
    warnings: [...warnings, ...verification.warnings],
  };
  yield { type: 'answer-end', answer };
}

const instructionWarning = (markers: readonly number[]): string => {
  const named = markers.map((marker) => `[${marker}]`).join(', ');
  const [which, holds] = markers.length === 1 ? ['Passage', 'holds'] : ['Passages', 'hold'];
  return `${which} ${named} ${holds} text that tells a model what to say; it is taken for data, and no sentence may rest on it.`;
};
