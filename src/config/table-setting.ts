import { messageOf } from '../platform/errors.ts';
import { makeSetting, type Parts, type Setting, show } from './setting.ts';

export type Table<Entry> = Readonly<Record<string, Entry>>;

const MAX_ENTRIES = 1000;

/**
 * Entries by names that the user chooses: a table in TOML, JSON in a variable. `name` and `entry` check each and throw an
 * Error that says what it must be. The error never repeats an entry that may hold a key: that is left to `entry`.
 */
export const table = <Entry>(
  parts: Parts<Table<Entry>> &
    Pick<Setting<Table<Entry>>, 'shown' | 'ofProject'> & {
      readonly type: string;
      readonly name: (text: string) => string;
      readonly entry: (raw: unknown) => Entry;
    },
): Setting<Table<Entry>> => ({
  ...makeSetting(parts.type, parts, (raw) => {
    const given = Object.entries(tableOf(raw));
    if (given.length > MAX_ENTRIES) throw new Error(`must have at most ${MAX_ENTRIES} entries, not ${given.length}`);
    return Object.fromEntries(
      given.map(([name, entry]) => {
        try {
          return [parts.name(name), parts.entry(entry)];
        } catch (error) {
          throw new Error(`has ${show(name)}, ${messageOf(error)}`);
        }
      }),
    );
  }),
  kind: 'table',
  shown: parts.shown,
  ofProject: parts.ofProject,
});

function tableOf(raw: unknown): object {
  let value = raw;
  if (typeof raw === 'string') {
    try {
      value = JSON.parse(raw);
    } catch {
      throw new Error('must be a JSON object');
    }
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value) || value instanceof Date) {
    throw new Error('must be a table of names with values');
  }
  return value;
}

/** The fields of an entry by name; throws an Error that names one that there is not. */
export function fieldsOf<Name extends string>(raw: unknown, names: readonly Name[]): Partial<Record<Name, unknown>> {
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) {
    throw new Error(`which must be a table with ${names.join(', ')}`);
  }
  const unknown = Object.keys(raw).find((name) => !(names as readonly string[]).includes(name));
  if (unknown !== undefined) throw new Error(`with ${show(unknown)}, but there are only ${names.join(', ')}`);
  return raw as Partial<Record<Name, unknown>>;
}
