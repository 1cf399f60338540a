import { Command } from 'commander';
import { nearestName } from '../src/platform/nearest-name.ts';
import { plainStyle, type Style } from '../src/present/text/style.ts';
import { renderRootHelp } from './root-help.ts';
import type { CommandContext, Io } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addCommonFlags, COMMON_VALUE_FLAGS, usageError } from './shared/flags.ts';
import { reportFailure } from './shared/report-failure.ts';
import { COMMANDS, type CommandEntry } from './table.ts';

/** Runs one command line. Never throws: what went wrong is reported, and the exit status tells. */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  let style: Style = plainStyle;
  let exitCode: ExitCode = EXIT.done;
  let commandName = 'rag';
  const context: CommandContext = {
    ...io,
    useErrorStyle: (chosen) => {
      style = chosen;
    },
    action:
      (handler) =>
      async (...values) => {
        exitCode = await handler(...values);
      },
  };
  try {
    const [verb, ...rest] = verbFirst(argv);
    if (verb === undefined || verb === '-h' || verb === '--help' || (verb === 'help' && rest.length === 0)) {
      io.stdout.write(renderRootHelp(COMMANDS));
      return EXIT.done;
    }
    const [name, words] = verb === 'help' ? [rest[0]!, ['--help']] : [verb, rest];
    const entry = findEntry(name);
    commandName = `rag ${entry.name}`;
    const command = await buildCommand(entry, context);
    await command.parseAsync(subcommandFirst(command, words), { from: 'user' });
    return io.signal.aborted ? EXIT.interrupted : exitCode;
  } catch (thrown) {
    return reportFailure(thrown, io, { argv, style, command: commandName });
  }
}

/** The commander command of a verb, with everything that it takes. */
export async function buildCommand(entry: CommandEntry, context: CommandContext): Promise<Command> {
  const command = new Command(`rag ${entry.name}`)
    .description(entry.summary)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      // Errors arrive as exceptions, and are reported as JSON where that was asked for.
      writeErr: () => {},
      getOutHelpWidth: () => context.stdout.columns(),
    })
    .helpOption('-h, --help', 'show this help')
    .allowExcessArguments(false);
  const define = await entry.load();
  define(command, context);
  for (const leaf of leavesOf(command)) addCommonFlags(leaf);
  return command;
}

/** The command itself, or its subcommands where it has some. */
export const leavesOf = (command: Command): readonly Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap((child) => leavesOf(child));

function findEntry(name: string): CommandEntry {
  const entry = COMMANDS.find((candidate) => candidate.name === name);
  if (entry) return entry;
  const nearest = nearestName(
    name,
    COMMANDS.map((candidate) => candidate.name),
  );
  const help = '`rag --help` shows every command.';
  throw usageError(
    name.startsWith('-') ? `Unknown option '${name}'.` : `Unknown command '${name}'.`,
    nearest ? `Did you mean \`rag ${nearest}\`? ${help}` : help,
  );
}

/** Puts flags that stand before the verb behind it: `--db x search y` -> `search --db x y`. */
function verbFirst(argv: readonly string[]): readonly string[] {
  const index = countLeadingFlags(argv);
  const verb = argv[index];
  return verb === undefined ? argv : [verb, ...argv.slice(0, index), ...argv.slice(index + 1)];
}

/** Puts them behind the subcommand too, where the verb has some: `--db x list` -> `list --db x`. */
function subcommandFirst(command: Command, words: readonly string[]): readonly string[] {
  const index = countLeadingFlags(words);
  const child = command.commands.find((each) => each.name() === words[index] || each.aliases().includes(words[index]!));
  if (!child) return words;
  return [words[index]!, ...subcommandFirst(child, [...words.slice(0, index), ...words.slice(index + 1)])];
}

function countLeadingFlags(words: readonly string[]): number {
  let index = 0;
  while (index < words.length && words[index]!.startsWith('-') && !['-h', '--help', '--'].includes(words[index]!)) {
    index += COMMON_VALUE_FLAGS.includes(words[index]!) ? 2 : 1;
  }
  return index;
}
