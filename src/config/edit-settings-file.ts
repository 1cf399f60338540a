import { isDeepStrictEqual } from 'node:util';
import { messageOf, RagError } from '../platform/errors.ts';
import { scanToml } from './scan-toml.ts';
import { type SettingKey, settingOf } from './schema.ts';
import { type SettingPath, textOfPath, valueAt } from './setting-path.ts';
import { type OnProblem, parseSettings, readText, replaceFile } from './toml-file.ts';

/**
 * Set one key in a TOML file, or take it out (value undefined), and leave every other line as it is. The file is
 * replaced as a whole, and is readable by its owner only. A wrong value or key elsewhere in it stays as it is; a file that
 * is no TOML is changed only when the change mends it, else CONFIG_INVALID is thrown.
 */
export async function editSettingsFile(file: string, where: SettingKey | SettingPath, value: unknown): Promise<void> {
  const path: SettingPath = typeof where === 'string' ? { key: where, entry: [] } : where;
  const before = readText(file) ?? '';
  const scalar = value === undefined ? undefined : tomlValue(value);
  const after = editText(before, segmentsOf(path), scalar);
  const expected = value === undefined || path.entry.length > 0 ? value : settingOf(path.key).parse(value);
  const faults: RagError[] = [];
  const values = await parseSettings(after, file, (fault) => faults.push(fault));
  if (faults.some(isSyntaxFault)) await parseSettings(before, file, refuseSyntax);
  const refusal = path.entry.length === 0 ? undefined : faults.find(({ details }) => details.key === path.key);
  if (refusal) {
    throw new RagError('CONFIG_INVALID', {
      message: `${textOfPath(path)} is left as it is, for then ${path.key} ${messageOf(refusal.cause)}.`,
      hint: `Edit ${file} by hand.`,
    });
  }
  if (!isDeepStrictEqual(valueAt(values.get(path.key)?.value, path.entry), expected)) {
    throw new RagError('CONFIG_INVALID', {
      message: `${file} is written in a way that cannot be changed line by line.`,
      hint:
        scalar === undefined
          ? `Edit ${textOfPath(path)} in it by hand.`
          : `Edit ${textOfPath(path)} in it by hand: ${segmentsOf(path).map(tomlName).join('.')} = ${settingOf(path.key).secret || path.entry.at(-1) === 'apiKey' ? '"..."' : scalar}`,
    });
  }
  replaceFile(file, after);
}

const isSyntaxFault = (fault: RagError): boolean => fault.details.syntax === true;

const refuseSyntax: OnProblem = (fault) => {
  if (isSyntaxFault(fault)) throw fault;
};

const segmentsOf = ({ key, entry }: SettingPath): string[] => [...key.split('.'), ...entry];

function editText(text: string, segments: readonly string[], scalar: string | undefined): string {
  const lines = text.split('\n');
  const entries = scanToml(text);
  const key = segments.join('.');
  const present = entries.find((entry) => entry.key === key);
  if (present) {
    const index = present.line - 1;
    if (scalar === undefined) lines.splice(index, 1);
    else lines[index] = lines[index]!.replace(/=.*$/, () => `= ${scalar}`);
  } else if (scalar === undefined) {
    return withoutTable(lines, entries, key);
  } else if (segments.length === 1) {
    const firstTable = entries.find((entry) => entry.key === null);
    lines.splice((firstTable?.line ?? lines.length) - 1, 0, `${key} = ${scalar}`);
  } else {
    insert(lines, entries, segments, scalar);
  }
  return `${lines.join('\n').trim()}\n`;
}

/** Below the header of the innermost table that is there, else with a header of its own at the end. */
function insert(
  lines: string[],
  entries: ReturnType<typeof scanToml>,
  segments: readonly string[],
  scalar: string,
): void {
  for (let depth = segments.length - 1; depth > 0; depth--) {
    const table = segments.slice(0, depth).join('.');
    const header = entries.find((entry) => entry.key === null && entry.table === table);
    if (header) {
      lines.splice(header.line, 0, `${segments.slice(depth).map(tomlName).join('.')} = ${scalar}`);
      return;
    }
  }
  lines.push(`[${segments.slice(0, -1).map(tomlName).join('.')}]`, `${tomlName(segments.at(-1)!)} = ${scalar}`, '');
}

function withoutTable(lines: readonly string[], entries: ReturnType<typeof scanToml>, table: string): string {
  let within = false;
  const headers = new Map(entries.filter(({ key }) => key === null).map((entry) => [entry.line, entry.table]));
  const kept = lines.filter((_, index) => {
    const opened = headers.get(index + 1);
    if (opened !== undefined) within = opened === table || opened.startsWith(`${table}.`);
    return !within;
  });
  return `${kept.join('\n').trim()}\n`;
}

const tomlName = (name: string): string => (/^[\w-]+$/.test(name) ? name : JSON.stringify(name));

function tomlValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(tomlValue).join(', ')}]`;
  return typeof value === 'string' ? JSON.stringify(value).replace(/\u007f/g, '\\u007f') : String(value);
}
