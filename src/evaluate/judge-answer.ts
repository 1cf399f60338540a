import type { Embedder } from '../embed/types.ts';
import type { Generator } from '../generate/types.ts';
import { type AnswerMeasures, contextPrecisionOf, faithfulnessOf, statementF1 } from './answer-measures.ts';
import { askForJson, type ModelCalls, tagged } from './ask-for-json.ts';
import { mean } from './metrics.ts';
import { readVerdict } from './read-json-reply.ts';

/** An answer with all that it can be judged by. */
export type JudgedAnswer = {
  readonly question: string;
  /** Empty where the question was refused. */
  readonly answer: string;
  /** The right answer, where it is known. */
  readonly gold: string | null;
  /** In the order in which they were given. */
  readonly passages: readonly string[];
};

export type Judge = { readonly generator: Generator; readonly embedder: Embedder };

/** More statements than an answer of a page has. */
const MAX_LISTED = 200;

/**
 * The measures of RAGAS with a model as the judge, in at most five questions to it: statements of the answer and
 * whether the passages bear them out; questions that the answer would answer, compared with the one that was asked by
 * the cosine of their vectors; which passages are useful; whether the right answer can be read from the passages; and
 * what the answer and the right answer have in common. Null where the reply could not be read twice, or where there is
 * nothing to judge by.
 * Source: Es et al., EACL 2024, and the definitions of the ragas project.
 */
export async function judgeAnswer(
  { generator, embedder }: Judge,
  { question, answer, gold, passages }: JudgedAnswer,
  count: ModelCalls,
  signal?: AbortSignal,
): Promise<AnswerMeasures> {
  const ask = <Value>(prompt: string, read: (reply: Readonly<Record<string, unknown>>) => Value | null) =>
    askForJson(generator, prompt, read, count, signal);
  const context = passages.map((text, i) => tagged('passage', text, ` id="${i + 1}"`)).join('\n');
  const asked = tagged('question', question);
  const given = tagged('answer', answer);
  const hasPassages = passages.length > 0;

  const supports =
    answer && hasPassages
      ? await ask(
          `${context}\n${asked}\n${given}\n\nList every statement that the answer makes. For each, say whether the passages alone bear it out.\nForm: {"statements": [{"statement": "...", "supported": true}]}`,
          (reply) => verdictsOf(reply.statements, 'supported'),
        )
      : null;
  const reverse = answer
    ? await ask(
        `${given}\n\nWrite three different questions that this answer would be the answer to, in its language. Say whether the answer refuses or evades.\nForm: {"questions": ["...", "...", "..."], "refuses": false}`,
        readReverse,
      )
    : null;
  const useful = hasPassages
    ? await ask(
        `${asked}\n${gold ? tagged('gold', gold) : given}\n${context}\n\nFor each of the ${passages.length} passages in order, say whether it helps to arrive at this answer to the question.\nForm: {"useful": [true, false]}`,
        (reply) => verdictsOf(reply.useful, 'useful', passages.length),
      )
    : null;
  const attributed =
    gold && hasPassages
      ? await ask(
          `${context}\n${asked}\n${tagged('gold', gold)}\n\nThe last text is the right answer. List its statements. For each, say whether it can be read from the passages.\nForm: {"statements": [{"statement": "...", "in_passages": true}]}`,
          (reply) => verdictsOf(reply.statements, 'in_passages'),
        )
      : null;
  const common =
    gold && answer
      ? await ask(
          `${asked}\n${given}\n${tagged('gold', gold)}\n\nThe last text is the right answer. Sort the statements of both: in both, only in the answer, only in the right answer.\nForm: {"both": ["..."], "only_answer": ["..."], "only_gold": ["..."]}`,
          readCommon,
        )
      : null;
  return {
    faithfulness: supports && faithfulnessOf(supports.map(Number)),
    answerRelevancy: reverse && (await relevancyOf(embedder, question, reverse, signal)),
    contextPrecision: useful && contextPrecisionOf(useful),
    contextRecall: attributed && faithfulnessOf(attributed.map(Number)),
    correctness: common && statementF1(common.both, common.onlyAnswer, common.onlyGold),
    goldRecall: common && (common.both + common.onlyGold > 0 ? common.both / (common.both + common.onlyGold) : null),
  };
}

/** Verdicts of a list, bare or each in an object; null when one cannot be read, or their number is not the right one. */
function verdictsOf(list: unknown, key: string, length?: number): boolean[] | null {
  if (!Array.isArray(list) || list.length > MAX_LISTED || (length !== undefined && list.length !== length)) return null;
  const verdicts = list.map((each: unknown) =>
    readVerdict(typeof each === 'object' && each !== null ? (each as Record<string, unknown>)[key] : each),
  );
  return verdicts.includes(null) ? null : (verdicts as boolean[]);
}

type Reverse = { readonly questions: readonly string[]; readonly refuses: boolean };

function readReverse({ questions, refuses }: Readonly<Record<string, unknown>>): Reverse | null {
  if (!Array.isArray(questions)) return null;
  const texts = questions.filter((each): each is string => typeof each === 'string' && each.trim() !== '').slice(0, 5);
  const isRefusal = readVerdict(refuses) ?? false;
  return texts.length > 0 || isRefusal ? { questions: texts, refuses: isRefusal } : null;
}

function readCommon(reply: Readonly<Record<string, unknown>>) {
  const [both, onlyAnswer, onlyGold] = [reply.both, reply.only_answer, reply.only_gold].map(sizeOf);
  return both === undefined || onlyAnswer === undefined || onlyGold === undefined
    ? null
    : { both, onlyAnswer, onlyGold };
}

/** Of a list, or a number in place of one. */
function sizeOf(value: unknown): number | undefined {
  if (Array.isArray(value)) return value.length;
  return typeof value === 'number' && value >= 0 ? value : undefined;
}

async function relevancyOf(
  embedder: Embedder,
  question: string,
  { questions, refuses }: Reverse,
  signal?: AbortSignal,
): Promise<number | null> {
  if (refuses) return 0;
  const asked = await embedder.embedQuery(question, signal);
  if (!asked) return null;
  const cosines: number[] = [];
  for (const each of questions) {
    const vector = await embedder.embedQuery(each, signal);
    if (vector) cosines.push(cosineOf(asked, vector));
  }
  return cosines.length > 0 ? mean(cosines) : null;
}

/** Of vectors of length 1; below 0 counts as nothing in common. */
export const cosineOf = (a: Float32Array, b: Float32Array): number =>
  Math.min(
    1,
    Math.max(
      0,
      a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0),
    ),
  );
