import type { ParsedDocument } from '../parse/types.ts';
import { RagError } from '../platform/errors.ts';
import { estimateTokens } from './estimate-tokens.ts';
import { buildOutline, pathOf, sharedPathOf } from './outline.ts';
import { type Group, joinCrumbs, packUnits } from './pack-units.ts';
import { structuralUnits } from './structural-units.ts';
import type { ChunkDraft, ChunkOptions } from './types.ts';

/** Long enough to answer a question alone, short enough that its vector means one thing; embedders read 512. */
export const DEFAULT_CHUNK_OPTIONS: ChunkOptions = { targetTokens: 300, maxTokens: 512 };

/** No single character costs more. */
const LEAST_MAX_TOKENS = 16;

/**
 * Cut a document into passages along its structure. In order, without overlap, trimmed; together they hold every
 * character that is not white space; none costs more than `maxTokens` estimated tokens. Short neighbours of one section
 * share a chunk, so do short sections below the same heading; a heading stays with what follows it; pages are joined
 * only where one holds next to nothing. A definition of a program is a chunk of its own, tiny neighbours aside. Deterministic, time linear in the text. Throws CONFIG_INVALID on sizes that
 * cannot be kept.
 */
export function chunkDocument(
  document: Pick<ParsedDocument, 'text' | 'sections' | 'blocks' | 'type'>,
  options: ChunkOptions = DEFAULT_CHUNK_OPTIONS,
): ChunkDraft[] {
  checkOptions(options);
  const { text } = document;
  const outline = buildOutline(document.sections, text.length);
  const units = structuralUnits(document, outline);
  const groups = joinCrumbs(text, packUnits(text, units, options), options);
  return groups.map((group, ordinal) => ({
    ordinal,
    span: { start: group.start, end: group.end },
    headingPath: headingPathOf(group),
    page: group.page,
    tokens: estimateTokens(text, group.start, group.end),
  }));
}

function headingPathOf(group: Group): string[] {
  if (group.hasDefinition) return sharedPathOf(group.headings);
  return pathOf(group.headingsOnly ? group.firstHeading : group.contentHeading);
}

function checkOptions({ targetTokens, maxTokens }: ChunkOptions): void {
  if (targetTokens >= 1 && maxTokens >= LEAST_MAX_TOKENS && targetTokens <= maxTokens) return;
  throw new RagError('CONFIG_INVALID', {
    message: `Chunks cannot be of ${targetTokens} tokens on average and ${maxTokens} at most.`,
    hint: `Choose a target from 1 to the maximum, and a maximum of at least ${LEAST_MAX_TOKENS}.`,
  });
}
