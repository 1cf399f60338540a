/** A program and its arguments, to be started without a shell. */
export type ProgramCall = { readonly program: string; readonly arguments: readonly string[] };

/** Programs of the user, as `$PAGER` has them: a name, and perhaps arguments. */
export type Programs = {
  readonly pager: string;
  readonly editor: string;
  /** Opens what has a window of its own. */
  readonly opener: string;
};

/** The words of a command line; quotes keep blanks, nothing else has a meaning. */
export function splitCommand(text: string): ProgramCall | null {
  const words = Array.from(
    text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g),
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
  const [program, ...rest] = words;
  return program ? { program, arguments: rest } : null;
}

const nameOf = (program: string): string =>
  program
    .replaceAll('\\', '/')
    .split('/')
    .at(-1)!
    .replace(/\.(exe|cmd)$/i, '')
    .toLowerCase();

const PAGERS_WITH_LINE = new Set(['less', 'more', 'most']);

/** A pager that reads its text from standard input, at the line where it can. */
export function pagerCommand(pager: string, line: number | null): ProgramCall | null {
  const call = splitCommand(pager);
  if (!call || line === null || line <= 1 || !PAGERS_WITH_LINE.has(nameOf(call.program))) return call;
  return { ...call, arguments: [...call.arguments, `+${line}`] };
}

/** An editor with the file, at the line where it is known how to say so. `path` is absolute, so it is never an option. */
export function editorCommand(editor: string, path: string, line: number | null): ProgramCall | null {
  const call = splitCommand(editor);
  if (!call) return null;
  return { ...call, arguments: [...call.arguments, ...placeArguments(nameOf(call.program), path, line)] };
}

function placeArguments(name: string, path: string, line: number | null): string[] {
  if (line === null) return [path];
  switch (name) {
    case 'vi':
    case 'vim':
    case 'nvim':
    case 'view':
    case 'nano':
    case 'pico':
    case 'emacs':
    case 'emacsclient':
    case 'micro':
    case 'kak':
      return [`+${line}`, path];
    case 'code':
    case 'codium':
    case 'cursor':
      return ['-g', `${path}:${line}`];
    case 'subl':
    case 'hx':
    case 'zed':
      return [`${path}:${line}`];
    default:
      return [path];
  }
}

/** What the system opens files and addresses with, unless the user has said so. */
export function openerCommand(opener: string, platform: string, target: string): ProgramCall | null {
  const call = splitCommand(opener) ?? { program: SYSTEM_OPENERS[platform] ?? 'xdg-open', arguments: [] };
  return { ...call, arguments: [...call.arguments, target] };
}

// Not `start`, which is a word of a shell.
const SYSTEM_OPENERS: Readonly<Record<string, string>> = { darwin: 'open', win32: 'explorer.exe' };
