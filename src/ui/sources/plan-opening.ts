import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { KnowledgeBase } from '../../app/types.ts';
import { RagError } from '../../platform/errors.ts';
import type { Openable, OpenWay } from '../state/types.ts';
import { typeOf } from './openable.ts';
import { editorCommand, openerCommand, type ProgramCall, type Programs, pagerCommand } from './opening-command.ts';
import { readableText } from './readable-text.ts';

/** How a source is opened. `pager`: its text as it stands in the database is written to the program's input. */
export type Opening =
  | { readonly kind: 'pager'; readonly call: ProgramCall; readonly text: string }
  /** A program that takes the terminal. */
  | { readonly kind: 'editor'; readonly call: ProgramCall }
  /** A program with a window of its own. */
  | { readonly kind: 'outside'; readonly call: ProgramCall; readonly target: string };

/** What people look at in a program of its own. */
const SEEN_OUTSIDE = new Set(['pdf', 'docx', 'doc', 'pptx', 'ppt', 'xlsx', 'xls', 'odt', 'ods', 'odp', 'epub']);

export type OpeningRequest = {
  readonly openable: Openable;
  readonly way: OpenWay;
  readonly knowledgeBase: Pick<KnowledgeBase, 'get'>;
  readonly programs: Programs;
  readonly platform: string;
  /** That the text is wrapped to. */
  readonly columns: number;
};

/**
 * Which program opens a source. Only documents of the knowledge base are opened, and addresses only of http and https.
 * Throws NOT_FOUND when the document, or its file, is there no more; USAGE when no program is set.
 */
export function planOpening(request: OpeningRequest): Opening {
  const { openable, way, knowledgeBase, programs, platform, columns } = request;
  const { uri } = openable;
  if (/^https?:/i.test(uri) && way !== 'editor') {
    knowledgeBase.get(uri);
    const target = webAddress(uri);
    return { kind: 'outside', call: found(openerCommand(programs.opener, platform, target), 'chat.opener'), target };
  }
  const path = pathOf(uri);
  // By the name of the file that is opened, since what is told of it stands in a database that may be of others.
  const isSeenOutside = path !== null && SEEN_OUTSIDE.has(typeOf(path)) && existsSync(path);
  if (way === 'system' || (way === 'best' && isSeenOutside)) {
    knowledgeBase.get(uri);
    const target = existing(path, openable);
    return { kind: 'outside', call: found(openerCommand(programs.opener, platform, target), 'chat.opener'), target };
  }
  if (way === 'editor') {
    knowledgeBase.get(uri);
    const target = existing(path, openable);
    return { kind: 'editor', call: found(editorCommand(programs.editor, target, openable.line), 'chat.editor') };
  }
  const { text, line } = textWithLine(openable, knowledgeBase);
  const shown = readableText(text, { line, columns });
  return { kind: 'pager', call: found(pagerCommand(programs.pager, shown.line), 'chat.pager'), text: shown.text };
}

/** The document's text, and the line in it on which the passage begins. */
function textWithLine({ uri, chunkId, line }: Openable, { get }: Pick<KnowledgeBase, 'get'>) {
  const { text } = get(uri).document;
  try {
    const chunk = get(chunkId).chunk;
    if (chunk) return { text, line: text.slice(0, chunk.span.start).split('\n').length };
  } catch {
    // The document was read again since, and cut elsewhere: the line of the source is the best that is known.
  }
  return { text, line };
}

function pathOf(uri: string): string | null {
  if (!uri.startsWith('file:')) return null;
  try {
    return fileURLToPath(uri);
  } catch {
    // A URI with a host names no file here.
    return null;
  }
}

function existing(path: string | null, { title }: Openable): string {
  if (path !== null && existsSync(path)) return path;
  throw new RagError('NOT_FOUND', {
    message: whyNot(path, title),
    hint: 'Enter shows the text that the knowledge base holds.',
  });
}

/** As the standard writes it: no blanks and no control characters, so it can be nothing but an address to any program. */
const webAddress = (uri: string): string => new URL(uri).href;

function found(call: ProgramCall | null, setting: string): ProgramCall {
  if (call) return call;
  throw new RagError('USAGE', {
    message: `No program is set to open this with.`,
    hint: `\`rag config set ${setting} <program>\``,
  });
}

function whyNot(path: string | null, title: string): string {
  if (path === null) return `"${title}" came from no file.`;
  const container = path.slice(0, Math.max(0, path.indexOf('!/')));
  if (container !== '' && existsSync(container)) return `"${title}" is a part of ${container}, and no file of its own.`;
  return `The file of "${title}" is there no more: ${path}.`;
}
