import { nearestName } from '../../platform/nearest-name.ts';

/** Where the words come from that complete an argument. */
export type CompletionSource =
  | 'command'
  | 'model'
  | 'collection'
  | 'document'
  | 'file'
  | 'session'
  | 'source'
  | 'setting'
  | 'entity';

export type SlashCommand = {
  /** Without the slash. */
  readonly name: string;
  /** As the help writes them: `[…]` may be left out. */
  readonly arguments: string;
  readonly help: string;
  readonly completes?: CompletionSource;
  /** Needs a screen: nothing for a conversation line by line. */
  readonly screenOnly?: true;
};

/** Every command of the chat, in the order of its help. */
export const SLASH_COMMANDS: readonly SlashCommand[] = [
  { name: 'help', arguments: '[command]', help: 'say what can be typed', completes: 'command' },
  { name: 'search', arguments: '<words>', help: 'show passages, without an answer' },
  { name: 'sources', arguments: '', help: 'list the passages of the last answer' },
  { name: 'open', arguments: '<n>', help: 'show passage n of the last answer or search', completes: 'source' },
  { name: 'explain', arguments: '[n]', help: 'say why passage n, or the first, was found', completes: 'source' },
  { name: 'graph', arguments: '<name>', help: 'show what is tied to a name', completes: 'entity' },
  { name: 'model', arguments: '[provider/model|none]', help: 'show or choose the model', completes: 'model' },
  {
    name: 'collection',
    arguments: '[name…|all]',
    help: 'show or choose the collections that are asked',
    completes: 'collection',
  },
  {
    name: 'file',
    arguments: '[path…|all]',
    help: 'answer from these documents only',
    completes: 'document',
  },
  {
    name: 'filter',
    arguments: '[type:md tag:x path:glob since:date until:date|none]',
    help: 'show or choose which documents are asked',
  },
  {
    name: 'set',
    arguments: '[limit|mode|system|memory] [value]',
    help: 'show or change how questions are answered',
    completes: 'setting',
  },
  { name: 'add', arguments: '<file, folder or URL>', help: 'add to the knowledge base', completes: 'file' },
  { name: 'retry', arguments: '', help: 'answer the last question again' },
  { name: 'edit', arguments: '<question>', help: 'ask another question in place of the last' },
  { name: 'copy', arguments: '', help: 'copy the last answer', screenOnly: true },
  { name: 'compact', arguments: '', help: 'summarise the conversation so far' },
  { name: 'clear', arguments: '', help: 'forget the conversation so far' },
  { name: 'session', arguments: '[new name]', help: 'show or rename this session' },
  { name: 'save', arguments: '[name or file.md]', help: 'keep this session, or write it to a file' },
  { name: 'load', arguments: '<id or name>', help: 'go on with another session', completes: 'session' },
  { name: 'exit', arguments: '', help: 'leave' },
];

/** Other names that people type. */
const ALIASES: Readonly<Record<string, string>> = { quit: 'exit', q: 'exit', '?': 'help', h: 'help', sessions: 'load' };

export type ParsedSlashCommand =
  | { readonly command: SlashCommand; readonly argument: string }
  /** `nearest`: the name that was most likely meant. */
  | { readonly unknown: string; readonly nearest: string | null };

/** Null for a line that is no command: a question, or a path such as `/etc/hosts is what?`. A second slash escapes one. */
export function parseSlashCommand(line: string): ParsedSlashCommand | null {
  const match = /^\s*\/([\p{L}?][\p{L}\d-]*|\?)(?:\s+([\s\S]*))?$/u.exec(line);
  if (!match) return null;
  const typed = (match[1] ?? '').toLowerCase();
  const name = ALIASES[typed] ?? typed;
  const command = SLASH_COMMANDS.find((each) => each.name === name);
  if (command) return { command, argument: (match[2] ?? '').trim() };
  return {
    unknown: typed,
    nearest: nearestName(
      typed,
      SLASH_COMMANDS.map((each) => each.name),
    ),
  };
}

/** Names that begin with what was typed behind the slash, in the order of the help. */
export const completeSlashCommand = (typed: string): readonly SlashCommand[] =>
  SLASH_COMMANDS.filter(({ name }) => name.startsWith(typed.toLowerCase()));
