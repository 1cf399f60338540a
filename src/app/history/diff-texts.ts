import type { diffArrays } from 'diff';

export type DiffLine = {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
};

/** A run of lines that differ, with equal ones around it. Lines are numbered from 1; a side without lines has the line before. */
export type Hunk = {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly lines: readonly DiffLine[];
  /** In place of lines where words were asked for: runs of text. */
  readonly words?: readonly DiffLine[];
};

export type TextDiff = {
  readonly hunks: readonly Hunk[];
  readonly addedLines: number;
  readonly removedLines: number;
  /** The texts differ in so much that what lies between is shown as replaced, not compared line by line. */
  readonly isCoarse: boolean;
};

type Compare = typeof diffArrays;

export type DiffTextsOptions = {
  readonly by: 'lines' | 'words';
  readonly context: number;
};

/**
 * Edits after which lines are no longer matched: time and memory grow with its square, so that any two texts are compared in
 * a second or so.
 */
const MAX_EDITS = 3000;
/** Of the words of one hunk. */
const MAX_WORD_EDITS = 1000;
/** Words, spaces and single signs. */
const WORDS = /[\p{L}\p{N}\p{M}_]+|\s+|[^\p{L}\p{N}\p{M}_\s]/gu;

/** What differs between two texts, by lines, and within them by words where that is asked for. Bounded in time for any texts. */
export async function diffTexts(before: string, after: string, options: DiffTextsOptions): Promise<TextDiff> {
  const { diffArrays } = await import('diff');
  const oldLines = linesOf(before);
  const newLines = linesOf(after);
  const compared = compareTokens(oldLines, newLines, { compare: diffArrays, maxEdits: MAX_EDITS });
  const hunks = hunksOf(compared.lines, options.context).map((hunk) =>
    options.by === 'words' ? { ...hunk, words: wordsOf(hunk, diffArrays) } : hunk,
  );
  const count = (kind: DiffLine['kind']): number => compared.lines.filter((line) => line.kind === kind).length;
  return { hunks, addedLines: count('added'), removedLines: count('removed'), isCoarse: compared.isCoarse };
}

/** A text that ends with a line break has no empty line after it. */
function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function compareTokens(
  before: readonly string[],
  after: readonly string[],
  { compare, maxEdits }: { compare: Compare; maxEdits: number },
): { lines: DiffLine[]; isCoarse: boolean } {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const removed = before.slice(start, before.length - end);
  const added = after.slice(start, after.length - end);
  const same = (text: string): DiffLine => ({ kind: 'same', text });
  const isOneSided = removed.length === 0 || added.length === 0;
  const changes = isOneSided ? undefined : compare(removed, added, { maxEditLength: maxEdits });
  const between: DiffLine[] = changes
    ? changes.flatMap((change) =>
        change.value.map(
          (text) => ({ kind: change.added ? 'added' : change.removed ? 'removed' : 'same', text }) as const,
        ),
      )
    : [
        ...removed.map((text) => ({ kind: 'removed', text }) as const),
        ...added.map((text) => ({ kind: 'added', text }) as const),
      ];
  return {
    lines: [...before.slice(0, start).map(same), ...between, ...before.slice(before.length - end).map(same)],
    isCoarse: !isOneSided && changes === undefined,
  };
}

function hunksOf(lines: readonly DiffLine[], context: number): Hunk[] {
  const hunks: Hunk[] = [];
  const changed = lines.flatMap(({ kind }, i) => (kind === 'same' ? [] : [i]));
  let oldLine = 1;
  let newLine = 1;
  let at = 0;
  const pass = (until: number): void => {
    for (; at < until; at++) {
      const kind = lines[at]?.kind;
      if (kind !== 'added') oldLine++;
      if (kind !== 'removed') newLine++;
    }
  };
  for (let i = 0; i < changed.length; ) {
    const first = changed[i] as number;
    let last = first;
    while (i < changed.length && (changed[i] as number) <= last + 2 * context + 1) last = changed[i++] as number;
    const start = Math.max(0, first - context);
    const end = Math.min(lines.length, last + 1 + context);
    pass(start);
    const [oldStart, newStart] = [oldLine, newLine];
    pass(end);
    const [oldLines, newLines] = [oldLine - oldStart, newLine - newStart];
    hunks.push({
      oldStart: oldLines === 0 ? oldStart - 1 : oldStart,
      oldLines,
      newStart: newLines === 0 ? newStart - 1 : newStart,
      newLines,
      lines: lines.slice(start, end),
    });
  }
  return hunks;
}

function wordsOf({ lines }: Hunk, compare: Compare): DiffLine[] {
  const side = (left: DiffLine['kind']): string[] =>
    lines
      .filter(({ kind }) => kind !== left)
      .map(({ text }) => `${text}\n`)
      .join('')
      .match(WORDS) ?? [];
  const { lines: words } = compareTokens(side('added'), side('removed'), { compare, maxEdits: MAX_WORD_EDITS });
  const runs: { kind: DiffLine['kind']; text: string }[] = [];
  for (const { kind, text } of words) {
    const last = runs.at(-1);
    if (last?.kind === kind) last.text += text;
    else runs.push({ kind, text });
  }
  return runs;
}
