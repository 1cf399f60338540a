import { basename } from 'node:path';
import type { ParsedDocument } from '../../parse/types.ts';
import type { StatedDates } from '../../understand/types.ts';
import { type Understood, understandDocument } from '../../understand/understand-document.ts';
import { HEAD_LENGTH, readValidity, saysNothing } from '../validity/read-validity.ts';

type Parsed = Omit<ParsedDocument, 'blocks'>;

/** A document with the language that it is in and all that may be wrong with it, and what is known of it. Never throws. */
export async function understandParsed<Document extends Parsed>(
  document: Document,
  { name, bytes }: { readonly name: string; readonly bytes: number },
): Promise<{ readonly document: Document; readonly understood: Understood }> {
  const understood = await understandDocument({ ...document, name: basename(name), bytes, dates: datesOf(document) });
  const { language, warnings } = understood.facts;
  const added = warnings.filter(({ code, message }) => code !== 'parser' && !document.warnings.includes(message));
  return {
    document: { ...document, language, warnings: [...document.warnings, ...added.map(({ message }) => message)] },
    understood,
  };
}

/** Null where it says nothing of its time. */
export function datesOf({ metadata, text }: Pick<Parsed, 'metadata' | 'text'>): StatedDates | null {
  const stated = readValidity(metadata, text.slice(0, HEAD_LENGTH));
  if (saysNothing(stated)) return null;
  const { from, after, status, supersedes, supersededBy } = stated;
  const day = (moment: number | null): string | null =>
    moment === null ? null : new Date(moment).toISOString().slice(0, 10);
  return { from: day(from), until: day(after === null ? null : after - 1), status, supersedes, supersededBy };
}
