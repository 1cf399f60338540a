import { messageOf } from '../platform/errors.ts';
import { parseDuration } from './duration.ts';
import { makeSetting, type Parts, type Setting, show } from './setting.ts';
import { fieldsOf } from './table-setting.ts';

/** Stands for the path of the file in the command of a loader. */
export const FILE_PLACEHOLDER = '{file}';

/** What a loader may print, by the extension of the format. */
const OUTPUTS = ['txt', 'md', 'html', 'csv', 'json'] as const;

/** A program that makes text of files that nothing else reads. */
export type Loader = {
  /** Lower case, without the dot. */
  readonly extensions: readonly string[];
  /** Program and arguments, one of which holds `{file}`. */
  readonly command: readonly string[];
  readonly output: (typeof OUTPUTS)[number];
  readonly timeoutMs: number;
};

const DEFAULT_TIMEOUT_MS = 60_000;
const MAX_TIMEOUT_MS = 3_600_000;
const MAX_LOADERS = 100;

/** A list of tables in TOML (`[[loaders]]`), JSON in a variable. */
export const loaderList = (parts: Parts<readonly Loader[]>): Setting<readonly Loader[]> => ({
  ...makeSetting('tables with extensions, command, output, timeoutMs', parts, (raw) =>
    listOf(raw).map((each, at) => {
      try {
        return loaderOf(each);
      } catch (error) {
        throw new Error(`has as number ${at + 1} one ${messageOf(error)}`);
      }
    }),
  ),
  kind: 'table',
});

function listOf(raw: unknown): readonly unknown[] {
  let value = raw;
  if (typeof raw === 'string') {
    try {
      value = JSON.parse(raw);
    } catch {
      throw new Error('must be a JSON list');
    }
  }
  if (!Array.isArray(value)) throw new Error('must be a list of tables: [[loaders]]');
  if (value.length > MAX_LOADERS) throw new Error(`must have at most ${MAX_LOADERS} entries, not ${value.length}`);
  return value;
}

function loaderOf(raw: unknown): Loader {
  const {
    extensions,
    command,
    output = 'txt',
    timeoutMs,
  } = fieldsOf(raw, ['extensions', 'command', 'output', 'timeoutMs']);
  if (!isTexts(extensions)) throw new Error('whose extensions must be a list such as ["djvu"]');
  const wrong = extensions.find((extension) => !/^\.?[a-z0-9][a-z0-9_+-]{0,19}$/i.test(extension));
  if (wrong !== undefined) throw new Error(`whose extension ${show(wrong)} cannot be one`);
  if (!isTexts(command)) throw new Error(`whose command must be a list such as ["djvutxt", "${FILE_PLACEHOLDER}"]`);
  if (!command.slice(1).some((part) => part.includes(FILE_PLACEHOLDER))) {
    throw new Error(`whose command must have ${FILE_PLACEHOLDER} in one of its arguments`);
  }
  const format = OUTPUTS.find((each) => each === output);
  if (!format) throw new Error(`whose output must be one of ${OUTPUTS.join(', ')}, not ${show(output)}`);
  const milliseconds = typeof timeoutMs === 'string' ? parseDuration(timeoutMs) : (timeoutMs ?? DEFAULT_TIMEOUT_MS);
  if (typeof milliseconds !== 'number' || !(milliseconds > 0 && milliseconds <= MAX_TIMEOUT_MS)) {
    throw new Error(`whose timeoutMs must be from 1 to ${MAX_TIMEOUT_MS}, not ${show(timeoutMs)}`);
  }
  return {
    extensions: extensions.map((extension) => extension.replace(/^\./, '').toLowerCase()),
    command,
    output: format,
    timeoutMs: milliseconds,
  };
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.length <= 100 &&
  value.every((each) => typeof each === 'string' && each !== '' && !each.includes('\0'));
