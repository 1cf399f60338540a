import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isRagError, messageOf, RagError } from '../platform/errors.ts';
import { makeFolder } from '../platform/make-folder.ts';
import { nearestName } from '../platform/nearest-name.ts';
import { readSmallFile } from '../platform/read-small-file.ts';
import { scanToml } from './scan-toml.ts';
import { isSettingKey, SETTING_KEYS, type SettingKey, settingOf } from './schema.ts';

/** A configuration is some lines; what is larger is something else. */
const MAX_FILE_BYTES = 1_000_000;

/** One value of a file, checked, with its place (1-based). */
export type FileValue = { readonly value: unknown; readonly line: number; readonly column: number };

/** What is told of each fault of a file: a CONFIG_INVALID with the file, the line and the column. */
export type OnProblem = (problem: RagError) => void;

const refuse: OnProblem = (problem) => {
  throw problem;
};

/**
 * The settings in a TOML file; empty when there is no such file. Throws CONFIG_INVALID naming the file, the line, the
 * column, the key and, for an unknown key, the nearest known one; with `onProblem` it tells that instead, and goes on with
 * what is sound.
 */
export async function readSettingsFile(
  file: string,
  onProblem: OnProblem = refuse,
): Promise<ReadonlyMap<SettingKey, FileValue>> {
  const text = orProblem(() => readText(file), onProblem);
  return text === null ? new Map() : parseSettings(text, file, onProblem);
}

/** What `read` gives; null when it throws, which is told. */
export function orProblem<Value>(read: () => Value, onProblem: OnProblem): Value | null {
  try {
    return read();
  } catch (error) {
    if (!isRagError(error)) throw error;
    onProblem(error);
    return null;
  }
}

/** Text of a small regular file, null when there is none. Throws CONFIG_INVALID when it cannot be read. */
export function readText(file: string): string | null {
  try {
    return readSmallFile(file, MAX_FILE_BYTES);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new RagError('CONFIG_INVALID', {
      message: `The configuration ${file} cannot be read: ${messageOf(error)}.`,
      hint: 'Correct its permissions, or move it away.',
      cause: error,
    });
  }
}

export async function parseSettings(
  text: string,
  file: string,
  onProblem: OnProblem = refuse,
): Promise<ReadonlyMap<SettingKey, FileValue>> {
  const { parse, TomlError } = await import('smol-toml');
  let tree: Record<string, unknown>;
  try {
    tree = parse(text, { maxDepth: 20 });
  } catch (error) {
    const { line, column } = error instanceof TomlError ? error : { line: 1, column: 1 };
    const what = messageOf(error).split('\n')[0]!.replace('Invalid TOML document: ', '');
    onProblem(
      invalid({ file, line, column, what, cause: error, content: text.split('\n')[line - 1] ?? '', syntax: true }),
    );
    return new Map();
  }
  const values = new Map<SettingKey, FileValue>();
  for (const [key, raw] of leaves(tree)) {
    const line = lineOf(text, key);
    const content = text.split('\n')[line - 1] ?? '';
    const column = content.search(/\S|$/) + 1;
    if (!isSettingKey(key)) {
      onProblem(unknownKey(key, `${file}:${line}:${column}`));
      continue;
    }
    try {
      values.set(key, { value: settingOf(key).parse(raw), line, column });
    } catch (error) {
      const what = `${key} ${settingOf(key).secret ? 'must be text in quotes' : messageOf(error)}`;
      onProblem(invalid({ file, line, column, what, cause: error, key }));
    }
  }
  return values;
}

/** The error for a key that no setting has. `where` names the file and line or the command. */
export function unknownKey(key: string, where: string): RagError {
  const nearest = nearestName(key, SETTING_KEYS);
  return new RagError('CONFIG_INVALID', {
    message: `${where}: there is no setting "${key}".`,
    hint: nearest
      ? `Did you mean "${nearest}"? \`rag config list\` shows all of them.`
      : '`rag config list` shows all of them.',
    details: { key, nearest },
  });
}

type Fault = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly what: string;
  readonly cause: unknown;
  /** The setting whose value is wrong, where the fault is no more than that. */
  readonly key?: SettingKey;
  /** The line as it stands; absent where it may hold a secret. */
  readonly content?: string;
  /** Nothing of the file can be read. */
  readonly syntax?: boolean;
};

function invalid({ file, line, column, what, cause, key, content, syntax = false }: Fault): RagError {
  const name = content === undefined ? undefined : /^\s*([\w.-]{1,60})\s*=/.exec(content)?.[1];
  const where = name === undefined ? 'that line' : `that line, which sets ${name}`;
  return new RagError('CONFIG_INVALID', {
    message: `${file}:${line}:${column}: ${what}.`,
    hint: key
      ? `Correct that line, or run \`rag config set ${key} <value>\` or \`rag config unset ${key}\`.`
      : `Correct ${where}, in an editor; until then nothing of the file is used. \`rag config list\` shows every setting.`,
    details: { file, line, column, syntax, ...(key && { key }) },
    cause,
  });
}

/** Dotted keys with their values. An empty table has none; the table of a setting is one value. */
function leaves(tree: Record<string, unknown>, prefix = ''): [string, unknown][] {
  return Object.entries(tree).flatMap(([name, value]): [string, unknown][] => {
    const key = prefix === '' ? name : `${prefix}.${name}`;
    if (isSettingKey(key) && settingOf(key).kind === 'table') return [[key, value]];
    const isTable = typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
    return isTable ? leaves(value as Record<string, unknown>, key) : [[key, value]];
  });
}

/** Line that sets a dotted key, else the line of its table, else 1. */
function lineOf(text: string, key: string): number {
  const entries = scanToml(text);
  const isBelow = (name: string | null): boolean => name?.startsWith(`${key}.`) ?? false;
  const found =
    entries.find((entry) => entry.key === key) ??
    entries.find((entry) => entry.table === key || isBelow(entry.table) || isBelow(entry.key)) ??
    entries.find((entry) => entry.key === null && key.startsWith(`${entry.table}.`));
  return found?.line ?? 1;
}

/** Write a file beside and move it into place, so that a reader sees the old or the new one and never a half. */
export function replaceFile(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    makeFolder(dirname(file));
    writeFileSync(temporary, text, { mode: 0o600 });
    chmodSync(temporary, 0o600);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new RagError('CONFIG_INVALID', {
      message: `${file} cannot be written: ${messageOf(error)}.`,
      hint: 'Check the permissions of its folder.',
      cause: error,
    });
  }
}
