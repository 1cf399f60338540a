import { parseDuration } from './duration.ts';

/**
 * Whether a `.rag/config.toml` may set it: `always` for what is harmless whoever wrote the file, `trusted` for what
 * costs money, reaches the network or lifts a bound, `never` for secrets.
 */
export type ProjectRule = 'always' | 'trusted' | 'never';

/** One setting: how its value is written, read and explained. */
export type Setting<Value> = {
  /** A table is a TOML table with names that the user chooses. */
  readonly kind: 'value' | 'list' | 'table';
  /** As shown to people: `integer`, `true or false`, `hybrid, lexical or vector`. */
  readonly type: string;
  readonly unit?: string;
  readonly default: Value;
  /** How the default is written where it is no plain value. */
  readonly defaultText?: string;
  readonly description: string;
  readonly project: ProjectRule;
  /** Its value is never printed. */
  readonly secret: boolean;
  /** Environment variables of other programs that are honoured, after `RAG_*`; first one with a value wins. */
  readonly aliases: readonly Alias[];
  /** The value of what a file, variable or flag holds. Throws an Error that says what it must be. */
  parse(raw: unknown): Value;
  /** The value as it may be printed; absent where all of it may. */
  shown?(value: Value): unknown;
  /** What a project file may give of it, with the names of what it may not; absent where that is all. */
  ofProject?(value: Value): { readonly value: Value; readonly leftOut: readonly string[] };
};

/** `read` gives undefined where the variable does not decide. */
export type Alias = { readonly name: string; read?(value: string): string | undefined };

export type Parts<Value> = {
  readonly default: Value;
  readonly description: string;
  readonly project: ProjectRule;
  readonly unit?: string;
  readonly defaultText?: string;
  readonly secret?: boolean;
  readonly aliases?: readonly Alias[];
};

export const makeSetting = <Value>(
  type: string,
  parts: Parts<Value>,
  parse: (raw: unknown) => Value,
): Setting<Value> => ({
  ...parts,
  kind: 'value',
  type,
  parse,
  secret: parts.secret ?? false,
  aliases: parts.aliases ?? [],
});

/** A word or line of text; undefined when not set. `check` returns what is wrong, or nothing. */
export const optionalText = (
  parts: Parts<string | undefined> & { type?: string; normalize?: (text: string) => string },
): Setting<string | undefined> =>
  makeSetting(parts.type ?? 'text', parts, (raw) => {
    const text = plainText(raw);
    return parts.normalize ? parts.normalize(text) : text;
  });

export const requiredText = (
  parts: Parts<string> & { type?: string; normalize?: (text: string) => string },
): Setting<string> =>
  makeSetting(parts.type ?? 'text', parts, (raw) => {
    const text = plainText(raw);
    return parts.normalize ? parts.normalize(text) : text;
  });

/** A number that is not below 0; undefined when not set. */
export const optionalNumber = (parts: Parts<number | undefined> & { max: number }): Setting<number | undefined> =>
  makeSetting('number', parts, (raw) => amount(raw, parts.max));

/** A number from 0 to `max`, as it stands or as text. Throws an Error that says so. */
export function amount(raw: unknown, max: number): number {
  const value = typeof raw === 'string' && /^\+?\d+(\.\d+)?$/.test(raw.trim()) ? Number(raw) : raw;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Error(`must be a number, not ${show(raw)}`);
  if (value < 0 || value > max) throw new Error(`must be from 0 to ${max}, not ${value}`);
  return value;
}

export const integer = (parts: Parts<number> & { min: number; max: number }): Setting<number> =>
  makeSetting('integer', parts, (raw) => {
    const value = typeof raw === 'string' && /^[+-]?\d+$/.test(raw.trim()) ? Number(raw) : raw;
    if (typeof value !== 'number' || !Number.isInteger(value))
      throw new Error(`must be a whole number, not ${show(raw)}`);
    if (value < parts.min || value > parts.max) {
      throw new Error(`must be from ${parts.min} to ${parts.max}, not ${value}`);
    }
    return value;
  });

/** Bytes, as a whole number or with a unit: 10MB, 1.5 GiB. */
export const byteCount = (parts: Parts<number> & { max: number }): Setting<number> =>
  makeSetting('size', { ...parts, unit: parts.unit ?? 'bytes' }, (raw) => {
    const value = typeof raw === 'string' ? parseByteCount(raw) : raw;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) {
      throw new Error(`must be a size such as 10MB or 1048576, not ${show(raw)}`);
    }
    if (value > parts.max) throw new Error(`must be at most ${parts.max} bytes, not ${value}`);
    return value;
  });

/** Milliseconds, as a whole number or with a unit: 500ms, 2s, 5m. */
export const duration = (parts: Parts<number> & { max: number }): Setting<number> =>
  makeSetting('duration', { ...parts, unit: parts.unit ?? 'milliseconds' }, (raw) => milliseconds(raw, parts.max));

/** As `duration`; undefined when not set. */
export const optionalDuration = (parts: Parts<number | undefined> & { max: number }): Setting<number | undefined> =>
  makeSetting('duration', { ...parts, unit: parts.unit ?? 'milliseconds' }, (raw) => milliseconds(raw, parts.max));

function milliseconds(raw: unknown, max: number): number {
  const value = typeof raw === 'string' ? parseDuration(raw) : raw;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1)
    throw new Error(`must be a duration such as 500ms or 2s, not ${show(raw)}`);
  if (value > max) throw new Error(`must be at most ${max} milliseconds, not ${value}`);
  return value;
}

export const toggle = (parts: Parts<boolean>): Setting<boolean> =>
  makeSetting('true or false', parts, (raw) => {
    if (typeof raw === 'boolean') return raw;
    const word = typeof raw === 'string' ? raw.trim().toLowerCase() : '';
    if (['1', 'true', 'yes', 'on'].includes(word)) return true;
    if (['0', 'false', 'no', 'off'].includes(word)) return false;
    throw new Error(`must be true or false, not ${show(raw)}`);
  });

export const choice = <const Word extends string>(words: readonly Word[], parts: Parts<NoInfer<Word>>): Setting<Word> =>
  makeSetting<Word>(`${words.slice(0, -1).join(', ')} or ${words.at(-1)}`, parts, (raw) => {
    const word = words.find((candidate) => candidate === raw);
    if (word === undefined)
      throw new Error(`must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}, not ${show(raw)}`);
    return word;
  });

const UNIT_BYTES: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1000,
  kb: 1000,
  kib: 1024,
  m: 1000 ** 2,
  mb: 1000 ** 2,
  mib: 1024 ** 2,
  g: 1000 ** 3,
  gb: 1000 ** 3,
  gib: 1024 ** 3,
};

/** Bytes of `10MB`, `512 KiB` or `1048576`, rounded; null when it is no size. */
export function parseByteCount(text: string): number | null {
  const match = /^(\d{1,15}(?:\.\d{1,6})?)\s*([a-z]*)$/i.exec(text.trim());
  const unit = UNIT_BYTES[match?.[2]?.toLowerCase() ?? 'none'];
  return match && unit !== undefined ? Math.round(Number(match[1]) * unit) : null;
}

export function plainText(raw: unknown): string {
  if (typeof raw !== 'string') throw new Error(`must be text in quotes, not ${show(raw)}`);
  const text = raw.trim();
  if (text === '') throw new Error('must not be empty');
  return text;
}

export function show(raw: unknown): string {
  const text = JSON.stringify(raw) ?? String(raw);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
