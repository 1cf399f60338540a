import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { type CompletionSource, completeSlashCommand, SLASH_COMMANDS } from '../../app/chat/slash-commands.ts';
import { countOf } from '../../present/text/quantities.ts';
import type { Candidate } from '../state/types.ts';
import type { SlashContext } from './types.ts';

export type CompletionContext = Pick<SlashContext, 'knowledgeBase' | 'listSessions' | 'openables' | 'page'> & {
  /** Models that are known to be there, as `provider/model`. */
  readonly listModels: () => Promise<readonly string[]>;
};

export type Completions = { readonly start: number; readonly end: number; readonly candidates: readonly Candidate[] };

/** More are no help. */
const MAX_CANDIDATES = 200;
/** Documents and names that are looked through. */
const MAX_LOOKED_AT = 5_000;

/** What can stand where the cursor is: a command, or what it takes. Null where nothing is completed. */
export async function lookUpCompletions(
  { text, cursor }: { readonly text: string; readonly cursor: number },
  context: CompletionContext,
): Promise<Completions | null> {
  const before = text.slice(0, cursor);
  const name = /^\/([\p{L}\d-]*)$/u.exec(before);
  if (name) {
    const candidates = completeSlashCommand(name[1]!).map((command) => ({
      text: `/${command.name}`,
      help: command.help,
    }));
    return { start: 0, end: cursor, candidates };
  }
  const [, command = '', argument] = /^\/([\p{L}\d-]+)\s+([\s\S]*)$/u.exec(before) ?? [];
  if (argument === undefined) return null;
  const source = SLASH_COMMANDS.find((each) => each.name === command.toLowerCase())?.completes;
  if (!source) return null;
  // Names with blanks are completed as a whole, lists and numbers word by word.
  const typed = WORD_BY_WORD.has(source) ? /[^\s,]*$/.exec(argument)![0] : argument;
  const candidates = await LOOK_UP[source](typed, context, argument);
  return { start: cursor - typed.length, end: cursor, candidates: candidates.slice(0, MAX_CANDIDATES) };
}

const WORD_BY_WORD: ReadonlySet<CompletionSource> = new Set(['command', 'collection', 'source', 'setting', 'model']);

type LookUp = (
  typed: string,
  context: CompletionContext,
  argument: string,
) => readonly Candidate[] | Promise<readonly Candidate[]>;

const beginning = (candidates: readonly Candidate[], typed: string): readonly Candidate[] =>
  candidates.filter(({ text }) => text.toLowerCase().startsWith(typed.toLowerCase()));

const plain = (texts: readonly string[]): readonly Candidate[] => texts.map((text) => ({ text }));

const SETTINGS: readonly Candidate[] = [
  { text: 'limit', help: 'passages that an answer may draw on' },
  { text: 'mode', help: 'hybrid, lexical or vector' },
  { text: 'system', help: 'further instructions for the model' },
  { text: 'memory', help: 'tokens of the conversation in a prompt' },
];

const LOOK_UP: Readonly<Record<CompletionSource, LookUp>> = {
  command: (typed) => completeSlashCommand(typed.replace(/^\//, '')).map(({ name, help }) => ({ text: name, help })),
  model: async (typed, { listModels }) => beginning(plain(['none', ...(await listModels())]), typed),
  collection: (typed, { knowledgeBase }) =>
    beginning(
      [
        { text: 'all', help: 'every collection' },
        ...knowledgeBase
          .collections()
          .map(({ name, documents }) => ({ text: name, help: countOf(documents, 'document') })),
      ],
      typed,
    ),
  document: (typed, { knowledgeBase }) => {
    const documents = knowledgeBase
      .list({ limit: MAX_LOOKED_AT })
      .map(({ path, title }) => ({ text: path, help: title }));
    const starts = beginning([{ text: 'all', help: 'every document' }, ...documents], typed);
    // The middle of a path is what people remember.
    const holds = documents.filter(({ text }) => text.toLowerCase().includes(typed.toLowerCase()));
    return starts.length > 0 ? starts : holds;
  },
  file: (typed, { page }) => pathsBeginning(typed, page.workingFolder),
  session: async (typed, { listSessions }) =>
    beginning(
      (await listSessions(MAX_CANDIDATES)).map(({ id, name, turns }) => ({
        text: name || String(id),
        help: `number ${id}, ${countOf(turns, 'question')}`,
      })),
      typed,
    ),
  source: (typed, { openables }) =>
    beginning(
      openables.map(({ marker, title }) => ({ text: String(marker), help: title })),
      typed,
    ),
  setting: (typed, _, argument) =>
    /^mode\s/.test(argument) ? beginning(plain(['hybrid', 'lexical', 'vector']), typed) : beginning(SETTINGS, typed),
  entity: async (typed, { knowledgeBase }) => {
    const graph = await knowledgeBase.graph();
    return beginning(
      graph.entities({ limit: MAX_LOOKED_AT }).map(({ name, kind }) => ({ text: name, help: kind })),
      typed,
    );
  },
};

/** Files and folders whose path begins so; hidden ones where a dot was typed. */
async function pathsBeginning(typed: string, workingFolder: string): Promise<readonly Candidate[]> {
  if (/^https?:/i.test(typed)) return [];
  const cut = typed.lastIndexOf('/') + 1;
  const [folder, start] = [typed.slice(0, cut), typed.slice(cut)];
  const place = resolve(workingFolder, folder.replace(/^~(?=\/)/, homedir()) || '.');
  try {
    const entries = await readdir(place, { withFileTypes: true });
    return entries
      .filter(({ name }) => name.startsWith(start) && (start.startsWith('.') || !name.startsWith('.')))
      .map((entry) => ({ text: `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}` }))
      .sort((a, b) => (a.text < b.text ? -1 : 1));
  } catch {
    // No such folder, or one that may not be read: nothing completes it.
    return [];
  }
}
