import { parseSlashCommand, SLASH_COMMANDS } from '../../app/chat/slash-commands.ts';
import { RagError } from '../../platform/errors.ts';
import { nearestName } from '../../platform/nearest-name.ts';
import { runExplain, runGraph, runOpen, runSearch, runSources } from './find-commands.ts';
import {
  runAdd,
  runClear,
  runCompact,
  runCopy,
  runEdit,
  runLoad,
  runRetry,
  runSave,
  runSession,
} from './session-commands.ts';
import { runCollection, runFile, runFilter, runModel, runSet } from './settings-commands.ts';
import { type SlashContext, type SlashOutcome, type SlashRun, say } from './types.ts';

const runHelp: SlashRun = (argument) => {
  const wanted = argument.replace(/^\//, '');
  if (wanted !== '') {
    const found = SLASH_COMMANDS.find(({ name }) => name === wanted);
    if (found) return say(`/${found.name} ${found.arguments}`.trimEnd(), found.help);
    throw unknownCommand(
      wanted,
      nearestName(
        wanted,
        SLASH_COMMANDS.map(({ name }) => name),
      ),
    );
  }
  const rows = SLASH_COMMANDS.map(({ name, help, ...rest }) => ({
    head: `/${name} ${rest.arguments}`.trimEnd(),
    help,
  }));
  // A long list of arguments would push all help to the right edge.
  const width = Math.min(26, Math.max(...rows.map(({ head }) => head.length)));
  const commands = rows.map(({ head, help }) =>
    head.length > width ? `${head}\n${' '.repeat(width + 2)}${help}` : `${head.padEnd(width + 2)}${help}`,
  );
  return say(`${commands.join('\n')}\n\n${KEYS.map(([key, does]) => `${key.padEnd(width + 2)}${does}`).join('\n')}`);
};

const KEYS: readonly (readonly [string, string])[] = [
  ['Alt-Enter or Ctrl-J', 'another line, as does \\ at the end'],
  ['Up, Ctrl-R', 'what was asked before'],
  ['Tab', 'complete a command or what it takes'],
  ['Ctrl-O or Alt-1 … 9', 'open a source'],
  ['Ctrl-C', 'stop the answer'],
  ['Ctrl-L', 'draw the screen anew'],
  ['Ctrl-D', 'leave'],
];

const RUNS: Readonly<Record<string, SlashRun>> = {
  help: runHelp,
  search: runSearch,
  sources: runSources,
  open: runOpen,
  explain: runExplain,
  graph: runGraph,
  model: runModel,
  collection: runCollection,
  file: runFile,
  filter: runFilter,
  set: runSet,
  add: runAdd,
  retry: runRetry,
  edit: runEdit,
  copy: runCopy,
  compact: runCompact,
  clear: runClear,
  session: runSession,
  save: runSave,
  load: runLoad,
  exit: () => [{ type: 'leave' }],
};

/**
 * What a line that begins with a slash asks for. Null for a line that is a question.
 * Throws RagError: USAGE for a command that there is not, and whatever the command's own work throws.
 */
export async function runSlashCommand(line: string, context: SlashContext): Promise<readonly SlashOutcome[] | null> {
  const parsed = parseSlashCommand(line);
  if (parsed === null) return null;
  if ('unknown' in parsed) throw unknownCommand(parsed.unknown, parsed.nearest);
  const run = RUNS[parsed.command.name];
  if (!run) throw unknownCommand(parsed.command.name, null);
  return run(parsed.argument, context);
}

const unknownCommand = (name: string, nearest: string | null): RagError =>
  new RagError('USAGE', {
    message: `There is no command /${name}.`,
    hint: nearest ? `Did you mean /${nearest}?` : '/help lists them.',
  });
