import { EXPANSION_METHODS, type ExpansionMethod, type SearchFilter, type SearchMode } from '../../domain/search.ts';
import { RagError } from '../../platform/errors.ts';
import { readReferences } from '../chat/remembered-passages.ts';
import type { Grade } from '../correct/types.ts';
import type { AskRecord, RecordedPassage } from './types.ts';

/** A record has the text of some passages and of one prompt. Bytes of the file. */
export const MAX_RECORD_BYTES = 20_000_000;
const MAX_QUESTION = 32_000;
const MAX_PASSAGES = 100;
/** Passages stand at their places in their documents while they are answered from. UTF-16 units, of all together. */
const MAX_DOCUMENT_LENGTH = 60_000_000;
const MODES: readonly SearchMode[] = ['hybrid', 'lexical', 'vector'];

type Fields = Readonly<Record<string, unknown>>;

/** A record as it was written, checked field by field. Throws USAGE, and says which field is wrong. */
export function readRecord(value: unknown): AskRecord {
  const envelope = fields(value, 'the file');
  if (envelope.schema !== 'rag.record/1')
    throw wrong(`its schema is ${JSON.stringify(envelope.schema)?.slice(0, 60)}, not "rag.record/1"`);
  const data = fields(envelope.data, 'data');
  const question = text(data.question, 'question', MAX_QUESTION);
  if (question.trim() === '') throw wrong('its question is empty');
  const options = fields(data.options, 'options');
  const answer = fields(data.answer, 'answer');
  const usage = fields(answer.usage ?? {}, 'answer.usage');
  const prompt = data.prompt === null ? null : fields(data.prompt, 'prompt');
  return {
    at: text(data.at, 'at', 40),
    version: text(data.version, 'version', 40),
    question,
    options: {
      model: text(options.model, 'options.model', 300),
      mode: MODES.find((mode) => mode === options.mode) ?? 'hybrid',
      filter: readFilter(options.filter),
      system: optional(options.system, (given) => text(given, 'options.system', MAX_QUESTION)),
      limit: optional(options.limit, (given) => number(given, 'options.limit', 1000)),
      contextTokens: optional(options.contextTokens, (given) => number(given, 'options.contextTokens', 1_000_000)),
      perDocument: optional(options.perDocument, (given) => number(given, 'options.perDocument', 1000)),
      minScore: optional(options.minScore, (given) => number(given, 'options.minScore', 1e9)),
      diversity: optional(options.diversity, (given) => number(given, 'options.diversity', 1)),
      window: optional(options.window, (given) => number(given, 'options.window', 100)),
      expandSections: optional(options.expandSections, flag),
      expandQuery: EXPANSION_METHODS.find((method: ExpansionMethod) => method === options.expandQuery),
      expansionModel: optional(options.expansionModel, (given) => text(given, 'options.expansionModel', 300)),
      graph: optional(options.graph, flag),
      collapseCopies: optional(options.collapseCopies, flag),
      rerank: text(options.rerank, 'options.rerank', 300),
    },
    embedder: data.embedder === null ? null : text(data.embedder, 'embedder', 300),
    route: text(data.route, 'route', 40) as AskRecord['route'],
    notes: texts(data.notes, 'notes'),
    ...(data.grade !== undefined && { grade: readGrade(data.grade) }),
    passages: readPassages(data.passages),
    prompt: prompt && { system: text(prompt.system, 'prompt.system'), user: text(prompt.user, 'prompt.user') },
    answer: {
      text: text(answer.text, 'answer.text'),
      model: text(answer.model, 'answer.model', 300),
      support: answer.support === 'supported' || answer.support === 'partial' ? answer.support : 'none',
      citations: list(answer.citations, 'answer.citations') as AskRecord['answer']['citations'],
      checks: optional(
        answer.checks,
        (given) => list(given, 'answer.checks') as NonNullable<AskRecord['answer']['checks']>,
      ),
      warnings: texts(answer.warnings, 'answer.warnings'),
      usage: {
        inputTokens: number(usage.inputTokens ?? 0, 'answer.usage.inputTokens', 1e12),
        outputTokens: number(usage.outputTokens ?? 0, 'answer.usage.outputTokens', 1e12),
      },
    },
  };
}

function readPassages(value: unknown): RecordedPassage[] {
  const given = Array.isArray(value) ? value : [];
  if (!Array.isArray(value) || given.length > MAX_PASSAGES)
    throw wrong(`its passages are no list of at most ${MAX_PASSAGES}`);
  const references = readReferences(given);
  if (references.length !== given.length) throw wrong('one of its passages has not what a passage has');
  const ends = new Map<string, number>();
  const passages = references.map((reference, i): RecordedPassage => {
    const body = text((given[i] as Fields).text, `passages[${i}].text`);
    const { start, end } = reference.span;
    if (start < 0 || end - start !== body.length) throw wrong(`the span of passages[${i}] is not as long as its text`);
    ends.set(reference.uri, Math.max(end, ends.get(reference.uri) ?? 0));
    return { ...reference, text: body };
  });
  const length = [...ends.values()].reduce((sum, end) => sum + end, 0);
  if (length > MAX_DOCUMENT_LENGTH) throw wrong('its passages stand further down than any document reaches');
  return passages;
}

function readGrade(value: unknown): Grade {
  const { answerable, coverage, missing } = fields(value, 'grade');
  return {
    answerable: flag(answerable),
    coverage: number(coverage, 'grade.coverage', 1),
    missing: texts(missing, 'grade.missing'),
  };
}

/** Lists of names and dates, and lists of such; anything else is no filter. */
function readFilter(value: unknown): SearchFilter {
  const filter = fields(value, 'options.filter');
  const isPlain = (each: unknown): boolean =>
    each === undefined ||
    typeof each === 'string' ||
    (Array.isArray(each) &&
      each.length <= 1000 &&
      each.every(
        (part) =>
          typeof part === 'string' || (typeof part === 'object' && part !== null && Object.values(part).every(isPlain)),
      ));
  if (!Object.values(filter).every(isPlain)) throw wrong('its options.filter is no filter');
  for (const name of ['since', 'until'])
    if (filter[name] !== undefined && typeof filter[name] !== 'string')
      throw wrong(`its options.filter.${name} is no date`);
  return filter as SearchFilter;
}

const fields = (value: unknown, name: string): Fields => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw wrong(`${name} is no object`);
};

const text = (value: unknown, name: string, most = MAX_RECORD_BYTES): string => {
  if (typeof value === 'string' && value.length <= most) return value;
  throw wrong(typeof value === 'string' ? `its ${name} has more than ${most} characters` : `its ${name} is no text`);
};

const number = (value: unknown, name: string, most: number): number => {
  if (typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= most) return value;
  throw wrong(`its ${name} is no number up to ${most}`);
};

const flag = (value: unknown): boolean => value === true;

const list = (value: unknown, name: string): readonly object[] => {
  const isList =
    Array.isArray(value) && value.length <= 10_000 && value.every((each) => typeof each === 'object' && each !== null);
  if (isList) return value as object[];
  throw wrong(`its ${name} is no list`);
};

const texts = (value: unknown, name: string): readonly string[] => {
  if (Array.isArray(value) && value.length <= 1000 && value.every((each) => typeof each === 'string'))
    return value as string[];
  throw wrong(`its ${name} is no list of texts`);
};

const optional = <Value>(value: unknown, read: (given: unknown) => Value): Value | undefined =>
  value === undefined ? undefined : read(value);

const wrong = (what: string): RagError =>
  new RagError('USAGE', {
    message: `This is no record of a question: ${what}.`,
    hint: '`rag ask … --record <file>` writes one.',
  });
