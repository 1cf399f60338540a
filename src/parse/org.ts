import { readText } from './decode.ts';
import { isoDate } from './iso-date.ts';
import { headingSections } from './markdown-structure.ts';
import { orgStructure } from './org/structure.ts';
import { parsedDocument } from './parsed-document.ts';
import type { Parser } from './types.ts';

/** Org as its own text, so that its lines are the file's; `#+TITLE:` and its like become title, tags, date and metadata. */
export const orgParser: Parser = {
  type: 'org',
  mediaTypes: ['text/org', 'text/x-org'],
  extensions: ['org'],
  async parse({ bytes, charset }) {
    const { text, warnings } = readText(bytes, { charset });
    const { headings, blocks, keywords } = orgStructure(text);
    const todo = todoWords([...(keywords.get('TODO') ?? []), ...(keywords.get('SEQ_TODO') ?? [])]);
    const titled = headings.map((heading) => ({ ...heading, title: plainTitle(heading.title, todo) }));
    const value = (name: string): string => (keywords.get(name) ?? []).join(' ').trim();
    const metadata: Record<string, unknown> = {};
    for (const name of ['AUTHOR', 'EMAIL', 'DESCRIPTION', 'SUBTITLE'])
      if (value(name) !== '') metadata[name.toLowerCase()] = value(name);
    const date = /\d{4}-\d{2}-\d{2}/.exec(value('DATE'))?.[0] ?? value('DATE');
    return parsedDocument({
      text,
      type: 'org',
      mediaType: 'text/org',
      title: value('TITLE') || (titled.find(({ level }) => level === 1)?.title ?? null),
      firstLine: 1,
      language: /^[a-z]{2,3}(?:[-_]\w{2,8})?$/i.exec(value('LANGUAGE'))?.[0].toLowerCase() ?? null,
      modifiedAt: isoDate(date),
      tags: [...new Set([...value('FILETAGS').split(/[:\s]+/), ...value('KEYWORDS').split(/\s*,\s*/)])]
        .filter((tag) => tag !== '')
        .slice(0, 100),
      metadata,
      sections: headingSections(titled, text.length),
      blocks,
      warnings,
    });
  },
};

const USUAL_TODO = ['TODO', 'DONE', 'NEXT', 'WAITING', 'HOLD', 'CANCELLED', 'CANCELED', 'STARTED', 'COMMENT'];

/** `TODO(t) WAIT(w@/!) | DONE(d)` names three states. */
function todoWords(lines: readonly string[]): ReadonlySet<string> {
  const own = lines.flatMap((line) => line.split(/[\s|]+/)).map((word) => word.replace(/\(.*$/, ''));
  return new Set([...USUAL_TODO, ...own.filter((word) => word !== '').slice(0, 200)]);
}

/** `TODO [#A] Call [[https://x][Ada]] :work:` becomes `Call Ada`. */
function plainTitle(title: string, todo: ReadonlySet<string>): string {
  const first = /^\S+/.exec(title)?.[0] ?? '';
  const words = todo.has(first) && title.length > first.length ? title.slice(first.length) : title;
  return words
    .replace(/^\s*\[#[A-Z\d]{1,2}\]\s*/, '')
    .replace(/\s+:[\p{L}\p{N}_@#%:]+:\s*$/u, '')
    .replace(/\[\[([^[\]]{1,300})\](?:\[([^[\]]{1,300})\])?\]/g, (_, target: string, label?: string) => label ?? target)
    .replace(/(?<![\p{L}\p{N}])([*/_=~+])(?=\S)([^*/_=~+]{1,200})(?<=\S)\1(?![\p{L}\p{N}])/gu, '$2')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
}
