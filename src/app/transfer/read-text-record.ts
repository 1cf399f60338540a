import { sha256Hex } from '../../platform/hash.ts';

/** One document of a JSONL file that some other program wrote. */
export type TextRecord = {
  /** Unique in the file, as far as the file says. */
  readonly id: string;
  /** Where it comes from, when it says so. */
  readonly url: string | null;
  /** Markdown: its title as a heading, then its text. */
  readonly text: string;
};

type Fields = Readonly<Record<string, unknown>>;

const TEXT_NAMES = ['text', 'page_content', 'content', 'body', 'markdown'];
const TITLE_NAMES = ['title', 'name', 'headline'];
const ID_NAMES = ['id', '_id', 'doc_id', 'document_id'];
const URL_NAMES = ['url', 'uri', 'source', 'link'];

/**
 * A text with what names it, as BEIR, LangChain, LlamaIndex and most crawlers write them: {text|page_content|content,
 * title?, id?, url?, metadata?: {title?, source?}}. Null when it has no text.
 */
export function readTextRecord(record: Fields): TextRecord | null {
  const metadata = isFields(record.metadata) ? record.metadata : {};
  const of = (names: readonly string[]): string | null => {
    for (const from of [record, metadata]) {
      const found = names.map((name) => from[name]).find((value) => isName(value));
      if (found !== undefined) return String(found).trim();
    }
    return null;
  };
  const text = TEXT_NAMES.map((name) => record[name]).find(
    (value) => typeof value === 'string' && value.trim() !== '',
  ) as string | undefined;
  if (text === undefined) return null;
  const title = of(TITLE_NAMES)?.replace(/\s+/g, ' ');
  const url = of(URL_NAMES);
  return {
    id: of(ID_NAMES) ?? url ?? sha256Hex(text).slice(0, 16),
    url: url !== null && /^https?:\/\/\S+$/.test(url) ? url : null,
    text: title && !text.trimStart().startsWith(title) && !text.startsWith('#') ? `# ${title}\n\n${text}` : text,
  };
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isName = (value: unknown): boolean =>
  (typeof value === 'string' && value.trim() !== '' && value.length <= 2000) || typeof value === 'number';
