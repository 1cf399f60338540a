import type { ParsedDocument } from '../parse/types.ts';
import { RagError } from '../platform/errors.ts';
import { estimateTokens } from './estimate-tokens.ts';
import { buildOutline, pathOf, sharedPathOf } from './outline.ts';
import { overlapStart } from './overlap-start.ts';
import { type Group, joinCrumbs, packUnits } from './pack-units.ts';
import { structuralUnits } from './structural-units.ts';
import type { ChunkDraft, ChunkOptions } from './types.ts';

/** Long enough to answer a question alone, short enough that its vector means one thing; embedders read 512. */
export const DEFAULT_CHUNK_OPTIONS: ChunkOptions = { targetTokens: 300, maxTokens: 512 };

/** No single character costs more. */
const LEAST_MAX_TOKENS = 16;

/**
 * Cut a document into passages along its structure. In order, trimmed, without overlap unless that is asked for; together
 * they hold every character that is not white space; none costs more than `maxTokens` estimated tokens. Short neighbours of one section
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
  return groups.map((group, ordinal) => {
    const start = startOf(text, groups[ordinal - 1], group, options);
    return {
      ordinal,
      span: { start, end: group.end },
      headingPath: headingPathOf(group),
      page: group.page,
      tokens: estimateTokens(text, start, group.end),
    };
  });
}

/** Where a chunk begins: before its own text, where it repeats the end of the one before it on the same page. */
function startOf(text: string, former: Group | undefined, group: Group, options: ChunkOptions): number {
  const { maxTokens, overlapTokens = 0 } = options;
  if (overlapTokens === 0 || !former || former.lastPage !== group.page || group.hasDefinition) return group.start;
  return overlapStart(text, former, group.start, Math.min(overlapTokens, Math.floor(maxTokens - group.cost)));
}

function headingPathOf(group: Group): string[] {
  if (group.hasDefinition) return sharedPathOf(group.headings);
  return pathOf(group.headingsOnly ? group.firstHeading : group.contentHeading);
}

function checkOptions({ targetTokens, maxTokens, overlapTokens = 0 }: ChunkOptions): void {
  if (!(overlapTokens >= 0)) {
    throw new RagError('CONFIG_INVALID', {
      message: `Chunks cannot repeat ${overlapTokens} tokens of the one before.`,
      hint: 'Choose an overlap of 0 or more.',
    });
  }
  if (targetTokens >= 1 && maxTokens >= LEAST_MAX_TOKENS && targetTokens <= maxTokens) return;
  throw new RagError('CONFIG_INVALID', {
    message: `Chunks cannot be of ${targetTokens} tokens on average and ${maxTokens} at most.`,
    hint: `Choose a target from 1 to the maximum, and a maximum of at least ${LEAST_MAX_TOKENS}.`,
  });
}
