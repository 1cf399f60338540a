import { isoDate } from '../iso-date.ts';

export type AsciidocHeader = {
  readonly title: string | null;
  readonly language: string | null;
  readonly modifiedAt: string | null;
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Of the document, by name: what `{name}` in a title stands for. */
  readonly attributes: ReadonlyMap<string, string>;
};

const MAX_HEADER_LINES = 200;

/**
 * The header of an AsciiDoc document: title, author line, revision line and attributes, up to the first empty line.
 * Source: AsciiDoc Language Documentation, "Document Header".
 */
export function asciidocHeader(text: string): AsciidocHeader {
  const attributes = new Map<string, string>();
  let title: string | null = null;
  let afterTitle = 0;
  for (const line of firstLines(text, MAX_HEADER_LINES)) {
    const content = line.slice(0, 1_000).trimEnd();
    if (content === '' && (title !== null || attributes.size > 0)) break;
    if (content === '' || content.startsWith('//')) continue;
    const attribute = /^:([\w][\w-]*):(?:[ \t]+(.*))?$/.exec(content);
    if (attribute) {
      attributes.set(attribute[1]!.toLowerCase(), attribute[2] ?? '');
      continue;
    }
    const heading = /^[=#][ \t]+(\S.*)$/.exec(content);
    if (heading && title === null) title = heading[1]!;
    else if (title === null) break;
    else if (afterTitle++ === 0) readAuthors(content, attributes);
    else if (afterTitle === 2) readRevision(content, attributes);
    else break;
  }
  const metadata: Record<string, unknown> = {};
  for (const name of ['author', 'email', 'description', 'revnumber', 'status']) {
    const value = attributes.get(name);
    if (value) metadata[name] = value;
  }
  const language = /^[a-z]{2,3}(?:[-_][\w]{2,8})?$/i.exec(attributes.get('lang') ?? '');
  return {
    title,
    language: language ? language[0].toLowerCase() : null,
    modifiedAt: isoDate(attributes.get('revdate')) ?? isoDate(attributes.get('date')),
    tags: listOf(attributes.get('keywords') ?? attributes.get('tags')),
    metadata,
    attributes,
  };
}

/** "Ada Lovelace <ada@example.org>; Bob B. Bee" */
function readAuthors(line: string, attributes: Map<string, string>): void {
  const authors = line.split(';').map((author) => /^\s*([^<>]{1,120}?)\s*(?:<([^<>]{1,200})>)?\s*$/.exec(author));
  const names = authors.map((author) => author?.[1] ?? '');
  if (names.some((name) => !/^\p{L}[\p{L}\p{M}\p{N}.'_ -]*$/u.test(name))) return;
  attributes.set('author', names.map((name) => name.replaceAll('_', ' ')).join(', '));
  const email = authors[0]?.[2];
  if (email) attributes.set('email', email);
}

/** "v1.2, 2026-03-01: remark" */
function readRevision(line: string, attributes: Map<string, string>): void {
  const revision = /^(?:v?(\d[\w.]*),?)?\s*([^:,]{6,40})?(?::.*)?$/.exec(line);
  if (revision?.[1]) attributes.set('revnumber', revision[1]);
  if (revision?.[2] && isoDate(revision[2]) !== null) attributes.set('revdate', revision[2]);
}

const listOf = (value: string | undefined): string[] =>
  (value ?? '')
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .slice(0, 100);

function* firstLines(text: string, most: number): Generator<string> {
  let start = 0;
  for (let count = 0; count < most && start < text.length; count++) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    yield text.slice(start, Math.min(end, start + 1_000));
    start = end + 1;
  }
}
