import { RagError, type RagErrorCode } from '../../../platform/errors.ts';
import type { CommandEnd } from '../../../platform/run-command.ts';
import type { CommandLineSpec, JobReporter, JobTools, KindOutcome } from '../types.ts';
import { runTrackedCommand } from './run-tracked-command.ts';

/** A command of rag's own prints one JSON value; an export that prints more than this is written to a file. */
const MAX_OUTPUT_BYTES = 4_000_000;
const DEFAULT_TIMEOUT_MS = 24 * 3_600_000;

/** Exit status of a command that did a part of what it was to do. */
const PARTLY_FAILED = 4;
const NOTHING_FOUND = 1;

export type CommandLineOptions = { readonly timeoutMs?: number };

/**
 * Runs a command of rag's own in a process of its own, on the same database. What it prints as JSON is its result; the
 * errors that it tells have their codes.
 */
export async function runCommandLine(
  { argv, workingFolder }: Pick<CommandLineSpec, 'argv' | 'workingFolder'>,
  reporter: JobReporter,
  { knowledgeBase, program }: Pick<JobTools, 'knowledgeBase' | 'program'>,
  { timeoutMs = DEFAULT_TIMEOUT_MS }: CommandLineOptions = {},
): Promise<KindOutcome> {
  const end = await runTrackedCommand(reporter, {
    argv: [...program, ...argv, '--db', knowledgeBase.path, '--json'],
    cwd: workingFolder,
    timeoutMs,
    maxOutputBytes: MAX_OUTPUT_BYTES,
    onLine: (line, stream) => {
      if (stream === 'stderr') reporter.log('output', line);
    },
  });
  const { data, error } = readEnvelope(end.stdout);
  const result = { ...figuresOf(data), status: end.status, elapsedMs: Math.round(end.elapsedMs) };
  const worked = end.status === 0 || end.status === PARTLY_FAILED || (end.status === NOTHING_FOUND && !error);
  // What ended by itself was whole, whoever wanted it to end.
  const isWhole = end.signal === null;
  if (worked) return { result, problem: null, isFailure: false, isWhole };
  return { result, problem: error ?? endedBadly(argv, end), isFailure: true, isWhole };
}

/** What a step's result may hold; more nobody asks for. */
const MAX_FIGURES = 500;
const MAX_DEPTH = 4;

/**
 * Numbers, short texts and truths of a result, by their names there: those of nested objects with dots, those of lists by
 * the `name` of their members.
 */
export function figuresOf(data: unknown): Record<string, number | string | boolean> {
  const figures: [string, number | string | boolean][] = [];
  const walk = (value: unknown, name: string, depth: number): void => {
    if (figures.length >= MAX_FIGURES || depth > MAX_DEPTH || value === null) return;
    if (Array.isArray(value)) {
      for (const member of value)
        if (typeof member?.name === 'string') walk(member, `${name}.${member.name}`, depth + 1);
    } else if (typeof value === 'object') {
      for (const [key, member] of Object.entries(value)) walk(member, name === '' ? key : `${name}.${key}`, depth + 1);
    } else if (typeof value === 'number' || typeof value === 'boolean') figures.push([name, value]);
    else if (typeof value === 'string') figures.push([name, value.slice(0, 1000)]);
  };
  walk(data, '', 0);
  return Object.fromEntries(figures);
}

function readEnvelope(text: string): { readonly data: unknown; readonly error: RagError | null } {
  try {
    const { data = null, error } = JSON.parse(text) as { data?: unknown; error?: Record<string, unknown> };
    if (error === undefined) return { data, error: null };
    const { code, message, hint } = error;
    const parts = { message: String(message), ...(typeof hint === 'string' && { hint }) };
    return { data, error: new RagError(String(code) as RagErrorCode, parts) };
  } catch {
    // Cut off, or a command that prints something else: then only its status tells.
    return { data: null, error: null };
  }
}

export const endedBadly = (argv: readonly string[], { status, signal, timedOut, elapsedMs }: CommandEnd): RagError => {
  const how = timedOut
    ? `took longer than ${Math.round(elapsedMs / 1000)} s and was ended`
    : signal === null
      ? `ended with status ${status}`
      : `was ended by ${signal}`;
  return new RagError('COMMAND_FAILED', {
    message: `${argv[0]} ${how}.`,
    hint: '`rag jobs log` shows what it wrote.',
  });
};
