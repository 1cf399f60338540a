import { type Command, InvalidArgumentError, Option } from 'commander';
import type { FlagValues } from '../../src/config/types.ts';
import type { SearchFilter } from '../../src/domain/search.ts';
import { RagError } from '../../src/platform/errors.ts';

/** Flags of every command. */
export type CommonFlags = {
  readonly db?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly offline?: boolean;
  /** False with --no-color. */
  readonly color?: boolean;
};

export type Format = 'text' | 'json' | 'jsonl' | 'csv' | 'md' | 'xml' | 'files';

export type FormatFlags = CommonFlags & { readonly output?: Format };

export type FilterFlags = {
  readonly collection?: string[];
  readonly type?: string[];
  readonly path?: string[];
  readonly tag?: string[];
  readonly lang?: string[];
  readonly kind?: string[];
  readonly since?: string;
  readonly until?: string;
};

/** Of the common flags, those that take a value; needed to find the verb behind flags that stand before it. */
export const COMMON_VALUE_FLAGS = ['-d', '--db'];

export const addCommonFlags = (command: Command): Command =>
  command
    .option('-d, --db <file>', 'database file (else RAG_DB, the nearest .rag/rag.db, or your own)')
    .option('--json', 'write JSON')
    .option('-q, --quiet', 'say only what was asked for and what went wrong')
    .option('-v, --verbose', 'say more')
    .option('--offline', 'reach no other machine')
    .option('--no-color', 'no colour (as does NO_COLOR)');

export const addFormatFlag = (command: Command, formats: readonly Format[]): Command =>
  command.addOption(new Option('-o, --output <format>', 'format of the output; --json is -o json').choices(formats));

export const addFilterFlags = (command: Command): Command =>
  command
    .option('-c, --collection <name>', 'only in this collection (may be repeated)', collectList)
    .option('--type <type>', 'only documents of this type: md, pdf, html, ... (may be repeated)', collectList)
    .option('--path <glob>', 'only documents with such a path or URL (may be repeated)', collect)
    .option('--tag <tag>', 'only documents with this tag (may be repeated)', collectList)
    .option('--lang <code>', 'only documents in this language: en, de, ... (may be repeated)', collectList)
    .option('--kind <kind>', 'only documents of this kind: invoice, manual, ... (may be repeated)', collectList)
    .option('--since <date>', 'only documents changed on or after this day or time (ISO 8601)', date)
    .option('--until <date>', 'only documents changed on or before this day or time (ISO 8601)', date);

/** Null lists and absent flags filter nothing. */
export function filterOf(flags: FilterFlags): SearchFilter {
  return {
    ...(flags.collection && { collections: flags.collection }),
    ...(flags.type && { types: flags.type.map((type) => type.toLowerCase().replace(/^\./, '')) }),
    ...(flags.path && { paths: flags.path }),
    ...(flags.tag && { tags: flags.tag }),
    ...(flags.lang && { languages: flags.lang }),
    ...(flags.kind && { kinds: flags.kind }),
    ...(flags.since && { since: flags.since }),
    ...(flags.until && { until: flags.until }),
  };
}

export const formatOf = (flags: FormatFlags): Format => (flags.json ? 'json' : (flags.output ?? 'text'));

/** The common flags that are settings. */
export const commonSettings = (flags: CommonFlags): FlagValues => ({
  offline: { flag: '--offline', value: flags.offline },
  color: { flag: '--no-color', value: flags.color === false ? 'never' : undefined },
});

/** For an option that may be given several times. */
export const collect = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value];

/** As `collect`, and a value may itself be a list: a,b. */
export const collectList = (value: string, before: string[] | undefined): string[] => [
  ...(before ?? []),
  ...value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
];

const ISO_DATE = /^\d{4}-\d{2}(-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?$/;

/** A day, month or time of ISO 8601, as it was written. */
export function date(value: string): string {
  if (ISO_DATE.test(value) && isDayOfCalendar(value) && !Number.isNaN(Date.parse(value.replace(' ', 'T'))))
    return value;
  throw new InvalidArgumentError('It must be a date such as 2026-03-31 or a time such as 2026-03-31T14:00Z.');
}

/** Date.parse takes the 30th of February for the 2nd of March. */
function isDayOfCalendar(value: string): boolean {
  const [year, month, day = 1] = value.slice(0, 10).split('-').map(Number) as [number, number, number?];
  return new Date(Date.UTC(year, month - 1, day)).getUTCMonth() === month - 1;
}

export function decimal(value: string): number {
  const number = Number(value);
  if (value.trim() !== '' && Number.isFinite(number)) return number;
  throw new InvalidArgumentError('It must be a number.');
}

/** A number from 0 to 1. */
export function share(value: string): number {
  const number = decimal(value);
  if (number >= 0 && number <= 1) return number;
  throw new InvalidArgumentError('It must be a number from 0 to 1.');
}

export function wholeNumber(value: string): number {
  if (/^\d{1,9}$/.test(value) && Number(value) > 0) return Number(value);
  throw new InvalidArgumentError('It must be a whole number above 0.');
}

/** Of the terminals that are counted on. */
const HELP_COLUMNS = 80;

/** Lines for the end of a command's help: what each means stands behind it, or below it where one line would be too long. */
export const addExamples = (
  command: Command,
  examples: readonly (readonly [line: string, meaning: string])[],
): Command => {
  const width = Math.max(...examples.map(([line, meaning]) => (meaning ? line.length : 0)));
  const inOneLine = examples.map(([line, meaning]) =>
    meaning ? `  $ ${line.padEnd(width)}  # ${meaning}` : `  $ ${line}`,
  );
  const lines = inOneLine.every((line) => line.length <= HELP_COLUMNS)
    ? inOneLine
    : examples.map(([line, meaning]) => (meaning ? `  $ ${line}\n      ${meaning}` : `  $ ${line}`));
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
};

/** For flags that exclude or need each other. */
export const usageError = (message: string, hint: string): RagError => new RagError('USAGE', { message, hint });
