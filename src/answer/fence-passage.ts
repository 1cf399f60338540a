import { defuseFences } from '../domain/defuse-fences.ts';
import type { Hit } from '../domain/search.ts';
import { describeValidity } from '../domain/validity.ts';
import type { PackedPassage } from './pack-context.ts';

const MAX_ATTRIBUTE_LENGTH = 120;

/**
 * A passage as it goes into a prompt, numbered and with where it is from. Passages are data: a closing fence inside one is
 * defused, so that no document can speak outside its own.
 */
export function fencePassage({ marker, hit, text }: PackedPassage): string {
  const place = locatorOf(hit);
  const heading = hit.chunk.headingPath.join(' / ');
  const validity = hit.validity ? describeValidity(hit.validity) : '';
  const attributes = [
    `id="${marker}"`,
    `title="${attribute(hit.document.title)}"`,
    ...(heading === '' ? [] : [`section="${attribute(heading)}"`]),
    ...(place === '' ? [] : [`place="${place}"`]),
    ...(validity === '' ? [] : [`validity="${attribute(validity)}"`]),
  ];
  return `<passage ${attributes.join(' ')}>\n${defuseFences(text)}\n</passage>`;
}

/** Where the passage stands in its document, in words; empty when it has neither pages nor lines. */
export function locatorOf({ chunk }: Pick<Hit, 'chunk'>): string {
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
    .slice(0, MAX_ATTRIBUTE_LENGTH)
    .replace(/[\ud800-\udbff]$/, '');
