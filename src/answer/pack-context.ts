import { defuseFences } from '../domain/defuse-fences.ts';
import type { Hit } from '../domain/search.ts';
import { splitSentences } from './split-sentences.ts';

/** A passage as the model sees it. */
export type PackedPassage = {
  /** `[marker]`, from 1, in order. */
  readonly marker: number;
  readonly hit: Hit;
  /** The chunk's text, or its first whole sentences when not all of it fitted. */
  readonly text: string;
};

export type PackedContext = {
  readonly passages: readonly PackedPassage[];
  /** The fenced passages as they go into the prompt. At most `maxTokens` by `estimatePromptTokens`. */
  readonly text: string;
};

/** A cut passage shorter than this says too little to be worth its fence. */
const MIN_CUT_LENGTH = 80;
const MAX_TITLE_LENGTH = 120;

/**
 * Takes passages in order while they fit; the first that does not is cut at a sentence, and what is left is filled with
 * later passages that fit whole. Passages are data: a closing fence inside one is defused, so that no document can speak
 * outside its own.
 */
export function packContext(hits: readonly Hit[], maxTokens: number): PackedContext {
  const passages: PackedPassage[] = [];
  let text = '';
  let cut = false;
  for (const hit of hits) {
    const marker = passages.length + 1;
    const separator = text === '' ? '' : '\n\n';
    const fits = (own: string) => estimatePromptTokens(`${text}${separator}${fence(marker, hit, own)}`) <= maxTokens;
    let own: string | null = hit.chunk.text;
    if (!fits(own)) {
      own = cut ? null : longestFitting(own, fits);
      if (own !== null) cut = true;
    }
    if (own === null) continue;
    passages.push({ marker, hit, text: own });
    text += `${separator}${fence(marker, hit, own)}`;
  }
  return { passages, text };
}

/** The longest run of whole sentences from the start that fits; null when it would be too short. */
function longestFitting(text: string, fits: (text: string) => boolean): string | null {
  const ends = splitSentences(text).map((sentence) => sentence.span.end);
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(text.slice(0, ends[middle - 1]))) low = middle;
    else high = middle - 1;
  }
  const end = low === 0 ? 0 : ends[low - 1]!;
  return end >= MIN_CUT_LENGTH ? text.slice(0, end) : null;
}

function fence(marker: number, hit: Hit, text: string): string {
  const place = locatorOf(hit);
  const heading = hit.chunk.headingPath.join(' / ');
  const attributes = [
    `id="${marker}"`,
    `title="${attribute(hit.document.title)}"`,
    ...(heading === '' ? [] : [`section="${attribute(heading)}"`]),
    ...(place === '' ? [] : [`place="${place}"`]),
  ];
  return `<passage ${attributes.join(' ')}>\n${defuseFences(text)}\n</passage>`;
}

/** Where the passage stands in its document, in words; empty when it has neither pages nor lines. */
export function locatorOf({ chunk }: Hit): string {
  if (chunk.page !== null) return `page ${chunk.page}`;
  if (chunk.lines === null) return '';
  const { start, end } = chunk.lines;
  return start === end ? `line ${start}` : `lines ${start}-${end}`;
}

const attribute = (text: string): string =>
  defuseFences(text)
    .replace(/[\s\u0000-\u001f\u007f]+/g, ' ')
    .replaceAll('"', "'")
    .replace(/[<>]/g, ' ')
    .trim()
    .slice(0, MAX_TITLE_LENGTH)
    .replace(/[\ud800-\udbff]$/, '');

/**
 * Tokens of a text, on the long side for every script: three and a half ASCII characters or three other UTF-8 bytes a
 * token. Tokenizers of models in use need fewer, so what fits by this count fits.
 */
export function estimatePromptTokens(text: string): number {
  const bytes = Buffer.byteLength(text);
  let ascii = 0;
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) < 0x80) ascii++;
  return Math.ceil(ascii / 3.5 + (bytes - ascii) / 3);
}
