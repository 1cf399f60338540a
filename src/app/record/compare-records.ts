import { diffWordsWithSpace } from 'diff';
import type { AskRecord, CheckCounts, NamedPassage, RecordDifference, RecordedPassage, TextPart } from './types.ts';

/** Longer, a difference by words says no more than that all is different. */
const MAX_DIFF_MS = 2000;

/** What differs between two records of one question. */
export function compareRecords(before: AskRecord, after: AskRecord): RecordDifference {
  const passages = comparePassages(before.passages, after.passages);
  const checks = { before: countChecks(before), after: countChecks(after) };
  const isSame =
    Object.values(passages).every(({ length }) => length === 0) &&
    before.answer.text === after.answer.text &&
    before.answer.support === after.answer.support &&
    JSON.stringify(checks.before) === JSON.stringify(checks.after);
  return {
    isSame,
    passages,
    text: compareTexts(before.answer.text, after.answer.text),
    support: { before: before.answer.support, after: after.answer.support },
    model: { before: before.answer.model, after: after.answer.model },
    checks,
    usage: { before: before.answer.usage, after: after.answer.usage },
  };
}

function comparePassages(
  before: readonly RecordedPassage[],
  after: readonly RecordedPassage[],
): RecordDifference['passages'] {
  const keyOf = ({ uri, collection, chunkId }: RecordedPassage): string => `${collection}\n${uri}\n${chunkId}`;
  const places = (passages: readonly RecordedPassage[]) =>
    new Map(passages.map((passage, i) => [keyOf(passage), { passage, rank: i + 1 }]));
  const [first, second] = [places(before), places(after)];
  const named = ({ passage, rank }: { passage: RecordedPassage; rank: number }): NamedPassage => ({
    path: passage.path,
    chunkId: passage.chunkId,
    rank,
  });
  const both = [...second].flatMap(([key, now]) => {
    const then = first.get(key);
    return then ? [{ then, now }] : [];
  });
  return {
    gained: [...second].filter(([key]) => !first.has(key)).map(([, found]) => named(found)),
    lost: [...first].filter(([key]) => !second.has(key)).map(([, found]) => named(found)),
    moved: both
      .filter(({ then, now }) => then.rank !== now.rank)
      .map(({ then, now }) => ({
        path: now.passage.path,
        chunkId: now.passage.chunkId,
        from: then.rank,
        to: now.rank,
      })),
    changed: both.filter(({ then, now }) => then.passage.hash !== now.passage.hash).map(({ now }) => named(now)),
  };
}

function compareTexts(before: string, after: string): TextPart[] {
  if (before === after) return before === '' ? [] : [{ type: 'same', text: before }];
  const parts = diffWordsWithSpace(before, after, { timeout: MAX_DIFF_MS });
  const whole: TextPart[] = [
    { type: 'removed', text: before },
    { type: 'added', text: after },
  ];
  if (!parts) return whole.filter(({ text }) => text !== '');
  return parts.map(({ value, added, removed }) => ({
    type: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }));
}

/** How often each label was given, and how many citations stand in their sources. */
function countChecks({ answer }: AskRecord): CheckCounts {
  const counts: Record<string, number> = {
    citations: answer.citations.length,
    verified: answer.citations.filter(({ verified }) => verified).length,
  };
  for (const { label } of answer.checks ?? []) counts[label] = (counts[label] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
