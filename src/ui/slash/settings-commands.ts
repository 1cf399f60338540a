import { MAX_LIMIT, MAX_MEMORY_TOKENS } from '../../app/chat/chat-settings.ts';
import type { ChatSettings } from '../../app/chat/types.ts';
import { describeConditions } from '../../domain/describe-conditions.ts';
import type { SearchFilter } from '../../domain/search.ts';
import { RagError } from '../../platform/errors.ts';
import { nearestName } from '../../platform/nearest-name.ts';
import { type SlashRun, say } from './types.ts';

const words = (argument: string): string[] => argument.split(/[\s,]+/).filter((word) => word !== '');

export const runModel: SlashRun = (argument, { session }) => {
  if (argument === '') {
    const model = session.model();
    return model === null
      ? say(
          'No model: answers are quoted from the documents.',
          '/model ollama/<name> chooses one, as does `rag config set model` for good.',
        )
      : say(`Answers are written by ${model}.`, '/model <provider/model> chooses another, /model none quotes instead.');
  }
  session.change({ model: argument === 'none' ? 'extractive' : argument });
  const model = session.model();
  return say(
    model === null ? 'From now on answers are quoted from the documents.' : `From now on ${model} writes the answers.`,
  );
};

export const runCollection: SlashRun = (argument, { session, knowledgeBase }) => {
  const there = knowledgeBase.collections().map(({ name }) => name);
  const { filter } = session.settings();
  if (argument === '') {
    const asked = filter.collections?.join(', ') ?? 'all';
    return say(`Asked: ${asked}. There are: ${there.join(', ') || 'none yet'}.`);
  }
  const { collections: _, ...rest } = filter;
  if (argument === 'all') {
    session.change({ filter: rest });
    return say('All collections are asked.');
  }
  const names = words(argument);
  for (const name of names) {
    if (there.includes(name)) continue;
    const near = nearestName(name, there);
    throw new RagError('NOT_FOUND', {
      message: `There is no collection "${name}".`,
      hint: near ? `Did you mean ${near}?` : `There are: ${there.join(', ') || 'none yet'}.`,
    });
  }
  session.change({ filter: { ...rest, collections: names } });
  return say(`Asked: ${names.join(', ')}.`);
};

export const runFile: SlashRun = (argument, { session }) => {
  const { files } = session.settings();
  if (argument === '') {
    return files.length === 0
      ? say('All documents are asked.', '/file <path> asks one of them only.')
      : say(`Asked: ${files.join(', ')}.`, '/file all asks all documents again.');
  }
  if (argument === 'all' || argument === 'none') {
    session.change({ files: [] });
    return say('All documents are asked.');
  }
  // A path may hold blanks: what is no path as a whole is a list of them.
  try {
    session.change({ files: [argument] });
  } catch (error) {
    if (!argument.includes(' ')) throw error;
    session.change({ files: argument.split(/\s+/) });
  }
  return say(`Asked: ${session.settings().files.join(', ')}.`, '/file all asks all documents again.');
};

const FILTER_FIELDS: Readonly<Record<string, 'types' | 'tags' | 'paths' | 'since' | 'until'>> = {
  type: 'types',
  tag: 'tags',
  path: 'paths',
  since: 'since',
  until: 'until',
};
const DATE = /^\d{4}-\d{2}(-\d{2}([T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:?\d{2})?)?)?$/;

export const runFilter: SlashRun = (argument, { session }) => {
  const { filter } = session.settings();
  const { collections } = filter;
  if (argument === '') {
    const text = describeConditions(filter);
    return say(
      text === '' ? 'All documents are asked.' : `Asked: ${text}.`,
      '/filter type:pdf since:2026-01-01 asks some of them, /filter none all.',
    );
  }
  const kept: SearchFilter = collections ? { collections } : {};
  const chosen = argument === 'none' || argument === 'all' ? kept : { ...kept, ...readFilter(argument) };
  session.change({ filter: chosen });
  const text = describeConditions(chosen);
  return say(text === '' ? 'All documents are asked.' : `Asked: ${text}.`);
};

/** `type:md,pdf tag:x path:docs/** since:2026-01-01`. Throws USAGE. */
export function readFilter(text: string): SearchFilter {
  const found: Record<string, string[]> = {};
  for (const part of text.split(/\s+/)) {
    const [, name = '', value = ''] = /^([a-z]+):(.+)$/.exec(part) ?? [];
    const field = FILTER_FIELDS[name];
    if (!field) {
      const near = nearestName(name || part, Object.keys(FILTER_FIELDS));
      throw usage(
        `"${part}" is no condition.`,
        near ? `Did you mean ${near}:…?` : 'They are type: tag: path: since: until:, such as type:pdf.',
      );
    }
    if (
      (field === 'since' || field === 'until') &&
      (!DATE.test(value) || Number.isNaN(Date.parse(value.replace(' ', 'T'))))
    )
      throw usage(`"${value}" is no date.`, 'Write it as 2026-03-31.');
    found[field] = [...(found[field] ?? []), ...(field === 'since' || field === 'until' ? [value] : value.split(','))];
  }
  const { since, until, ...lists } = found;
  return { ...lists, ...(since && { since: since.at(-1) }), ...(until && { until: until.at(-1) }) };
}

const MODES = ['hybrid', 'lexical', 'vector'] as const;

export const runSet: SlashRun = (argument, { session }) => {
  const settings = session.settings();
  if (argument === '') {
    const { limit, mode, system, memoryTokens } = settings;
    return say(
      `limit ${limit}, mode ${mode}, memory ${memoryTokens} tokens, system ${system ? JSON.stringify(system) : 'none'}`,
    );
  }
  const [, name = '', value = ''] = /^(\S+)\s*([\s\S]*)$/.exec(argument) ?? [];
  session.change(readSetting(name, value));
  return say(value === '' ? `${name} is not set.` : `${name} is ${value} now.`);
};

/** Throws USAGE for a name or a value that there is not. */
export function readSetting(name: string, value: string): Partial<ChatSettings> {
  switch (name) {
    case 'limit':
      return { limit: wholeNumber(name, value, 1, MAX_LIMIT) };
    case 'memory':
      return { memoryTokens: wholeNumber(name, value, 0, MAX_MEMORY_TOKENS) };
    case 'mode': {
      const mode = MODES.find((each) => each === value);
      if (!mode) throw usage(`"${value}" is no mode.`, `They are ${MODES.join(', ')}.`);
      return { mode };
    }
    case 'system':
      return { system: value === '' || value === 'none' ? undefined : value };
    default: {
      const near = nearestName(name, ['limit', 'mode', 'system', 'memory']);
      throw usage(
        `There is no setting "${name}" here.`,
        near ? `Did you mean ${near}?` : 'They are limit, mode, system and memory.',
      );
    }
  }
}

function wholeNumber(name: string, value: string, min: number, max: number): number {
  const number = Number(value);
  if (/^\d{1,7}$/.test(value) && number >= min && number <= max) return number;
  throw usage(
    `${name} must be a whole number from ${min} to ${max}, not "${value}".`,
    `/set ${name} ${min === 0 ? 2000 : 8}`,
  );
}

const usage = (message: string, hint: string): RagError => new RagError('USAGE', { message, hint });
