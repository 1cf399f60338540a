import { messageOf } from '../platform/errors.ts';

export type FrontMatter = {
  /** Offset at which the body begins; 0 when there is no front matter. */
  readonly bodyStart: number;
  readonly values: Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
};

/** Longer front matter is somebody's data between two rules, and YAML takes time per character. */
const MAX_FRONT_MATTER_LENGTH = 64 * 1024;
const NONE: FrontMatter = { bodyStart: 0, values: {}, warnings: [] };

/**
 * YAML between `---` lines or TOML between `+++` lines at the very start of the text. Aliases are refused (an alias
 * bomb grows to gigabytes); front matter that does not parse is left out of the values with a warning, and out of the
 * body too.
 */
export async function readFrontMatter(text: string): Promise<FrontMatter> {
  const fence = text.startsWith('---\n') ? '---' : text.startsWith('+++\n') ? '+++' : null;
  if (!fence) return NONE;
  const end = closingLine(text, fence);
  if (end === null) return NONE;
  const source = text.slice(4, end.start);
  const bodyStart = end.next;
  try {
    const values = fence === '---' ? await parseYaml(source) : await parseToml(source);
    // A rule, a paragraph and another rule: no mapping, so no front matter.
    if (values === null) return source.trim() === '' ? { ...NONE, bodyStart } : NONE;
    return { bodyStart, values, warnings: [] };
  } catch (error) {
    if (!/^[\w"'-]+\s*[:=]/m.test(source)) return NONE;
    return { bodyStart, values: {}, warnings: [`Front matter ignored: ${messageOf(error).split('\n')[0]}`] };
  }
}

function closingLine(text: string, fence: string): { start: number; next: number } | null {
  for (let at = 4; at < text.length && at <= MAX_FRONT_MATTER_LENGTH; ) {
    const newline = text.indexOf('\n', at);
    const lineEnd = newline < 0 ? text.length : newline;
    if (text.startsWith(fence, at) || (fence === '---' && text.startsWith('...', at))) {
      if (text.slice(at + 3, lineEnd).trim() === '') return { start: at, next: Math.min(lineEnd + 1, text.length) };
    }
    at = lineEnd + 1;
  }
  return null;
}

async function parseYaml(source: string): Promise<Record<string, unknown> | null> {
  const simple = parseFlatYaml(source);
  if (simple) return simple;
  const { parseDocument } = await import('yaml');
  const document = parseDocument(source, { logLevel: 'silent', uniqueKeys: false, schema: 'core' });
  if (document.errors[0]) throw document.errors[0];
  return plainMapping(document.toJS({ maxAliasCount: 0 }));
}

async function parseToml(source: string): Promise<Record<string, unknown> | null> {
  const { parse } = await import('smol-toml');
  return plainMapping(parse(source, { maxDepth: 100 }));
}

/**
 * Front matter of `key: plain words` lines only, which is most of it, without the YAML library: 100 times as fast.
 * Null as soon as anything else turns up (quotes, lists, numbers, dates, booleans ...).
 */
function parseFlatYaml(source: string): Record<string, unknown> | null {
  const values: Record<string, unknown> = {};
  for (const line of source.split('\n')) {
    if (line === '') continue;
    const match = /^([A-Za-z][\w-]{0,60}): ([A-Za-z][\w .,()/'-]{0,300})$/.exec(line);
    if (!match || /^(?:true|false|null|yes|no|on|off)$/i.test(match[2]!) || match[1] === '__proto__') return null;
    values[match[1]!] = match[2]!.trimEnd();
  }
  return Object.keys(values).length > 0 ? values : null;
}

/** Plain JSON of a mapping (dates as ISO strings); null for any other value. */
function plainMapping(value: unknown): Record<string, unknown> | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  const plain: unknown = JSON.parse(
    JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? item.toString() : item)),
  );
  return plain as Record<string, unknown>;
}
