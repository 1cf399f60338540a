import { CommanderError } from 'commander';
import { isRagError, messageOf, RagError } from '../../src/platform/errors.ts';
import { renderLine } from '../../src/present/json/stringify.ts';
import { errorToLine, renderErrorJson } from '../../src/present/json/v1/error.ts';
import { renderError } from '../../src/present/text/render-error.ts';
import type { Style } from '../../src/present/text/style.ts';
import type { Io } from './context.ts';
import { EXIT, type ExitCode, exitCodeOf } from './exit-code.ts';

/** Says what went wrong, in the form that was asked for, and gives the exit status. Help that was shown is no failure. */
export function reportFailure(
  thrown: unknown,
  io: Io,
  options: { argv: readonly string[]; style: Style; command: string },
): ExitCode {
  if (thrown instanceof CommanderError && thrown.exitCode === 0) return EXIT.done;
  const error = ragErrorOf(thrown, { signal: io.signal, argv: options.argv, command: options.command });
  const form = formAskedFor(options.argv);
  if (form === 'json') io.stdout.write(renderErrorJson(error));
  else if (form === 'jsonl') io.stdout.write(renderLine(errorToLine(error)));
  else io.stderr.write(renderError(error, options.style));
  if (error.code === 'INTERNAL' && thrown instanceof Error && isVerbose(options.argv))
    io.stderr.write(`${thrown.stack}\n`);
  return exitCodeOf(error);
}

function ragErrorOf(
  thrown: unknown,
  { signal, argv, command }: { signal: AbortSignal; argv: readonly string[]; command: string },
): RagError {
  const word = isRagError(thrown) && thrown.code === 'DB_MISSING' ? wordTakenForDatabase(argv) : undefined;
  if (isRagError(thrown) && word !== undefined)
    return new RagError(thrown.code, {
      message: thrown.message,
      hint: `"${word}" was read as --db ${word.slice(2)}. Quote the whole query to leave a word out: \`${command} "… ${word}"\`.`,
      cause: thrown,
    });
  if (isRagError(thrown)) return thrown;
  if (thrown instanceof CommanderError) return usageErrorOf(thrown, command);
  if (signal.aborted) return new RagError('ABORTED', { message: 'Interrupted.', cause: thrown });
  const refused = systemErrorOf(thrown);
  if (refused) return refused;
  return new RagError('INTERNAL', {
    message: `Unexpected: ${messageOf(thrown)}`,
    hint: 'This is a fault of rag. Run it again with -v, and report what it prints.',
    cause: thrown,
  });
}

/** What the system refuses a file is no fault of the program. Codes of errno(3). */
const REFUSALS: Readonly<Record<string, string>> = {
  ENOSPC: 'Free some space, or name another place.',
  EDQUOT: 'Your quota on this disk is used up: free some space, or name another place.',
  EFBIG: 'This disk, or a limit of your session, allows no larger files: name another place.',
  EACCES: 'Check the permissions, or name another place.',
  EPERM: 'Check the permissions, or name another place.',
  EROFS: 'Nothing can be written there: name another place.',
  ENOENT: 'Check the path.',
  ENOTDIR: 'Check the path.',
  EISDIR: 'Name a file, not a folder.',
  ENAMETOOLONG: 'Name a place with a shorter path.',
  ELOOP: 'Check the links in the path.',
  EMFILE: 'Close other programs, or allow more open files (ulimit -n).',
  EIO: 'The disk reports a fault: check it, or name another place.',
};

function systemErrorOf(thrown: unknown): RagError | undefined {
  const { code, syscall, path } = (thrown instanceof Error ? thrown : {}) as NodeJS.ErrnoException;
  const hint = code === undefined || syscall === undefined ? undefined : REFUSALS[code];
  if (hint === undefined) return undefined;
  const what = messageOf(thrown).replace(/^\w+: |, \w+(?: '.*')?$/g, '');
  return new RagError('SOURCE_FAILED', {
    message: `${path ?? 'A file'} cannot be ${syscall === 'write' ? 'written' : 'used'}: ${what} (${code}).`,
    hint,
    cause: thrown,
  });
}

/** `-draft` of a query whose words are not quoted. */
const wordTakenForDatabase = (argv: readonly string[]): string | undefined =>
  argv.slice(0, argv.includes('--') ? argv.indexOf('--') : argv.length).find((word) => /^-d\p{L}{2,}$/u.test(word));

/** `error: unknown option '--lmit'\n(Did you mean --limit?)` as message and hint. */
function usageErrorOf(error: CommanderError, command: string): RagError {
  const [first = '', ...rest] = error.message.replace(/^error: /, '').split('\n');
  const meant = /\(Did you mean (?:one of )?(.*?)\?\)/s.exec(rest.join('\n'))?.[1];
  const help = `\`${command} --help\` shows what it takes.`;
  if (error.code === 'commander.help') {
    return new RagError('USAGE', { message: `${command} needs a subcommand.`, hint: help });
  }
  const message = `${first.charAt(0).toUpperCase()}${first.slice(1)}`.replace(/\.?$/, '.');
  return new RagError('USAGE', { message, hint: meant ? `Did you mean ${meant}? ${help}` : help });
}

/** Read from the raw words, since they may be what cannot be parsed. */
function formAskedFor(argv: readonly string[]): 'text' | 'json' | 'jsonl' {
  const end = argv.indexOf('--');
  const words = end === -1 ? argv : argv.slice(0, end);
  if (words.includes('--json')) return 'json';
  const index = words.findLastIndex((word) => /^(-o|--output(=.*)?)/.test(word) && !word.startsWith('--offline'));
  const value = index === -1 ? undefined : (/^(?:-o|--output=)(.+)$/.exec(words[index]!)?.[1] ?? words[index + 1]);
  return value === 'json' || value === 'jsonl' ? value : 'text';
}

const isVerbose = (argv: readonly string[]): boolean => argv.includes('-v') || argv.includes('--verbose');
