import type { Occurrence } from './occurrence.ts';

const uncased = /[\u0590-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;
const uncasedRun =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30fc]{2,400}/gu;
const titleMarks = /[《〈「『【]([^》〉」』】\n]{2,40})[》〉」』】]/g;
const katakana = /^[\u30a0-\u30ff]{3,}$/;
/** Words of texts without capitals are names only if they are rare in the document but not alone in it. */
const MAX_WORDS = 4000;
const MAX_SHARE = 0.02;

let segmenter: Intl.Segmenter | undefined;

/** Names in scripts without capitals: what stands in title marks, and words of two characters or more that come again. */
export function scanUncased(text: string): Occurrence[] {
  if (!uncased.test(text)) return [];
  const found: Occurrence[] = [];
  for (const match of text.matchAll(titleMarks)) {
    found.push({ start: match.index + 1, end: match.index + 1 + (match[1] as string).length, kind: 'work' });
  }
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' });
  const words: Occurrence[] = [];
  const counts = new Map<string, number>();
  for (const run of text.matchAll(uncasedRun)) {
    if (words.length > MAX_WORDS) break;
    for (const { segment, index, isWordLike } of segmenter.segment(run[0])) {
      if (!isWordLike || segment.length < 2 || /^\p{Script=Hiragana}+$/u.test(segment)) continue;
      counts.set(segment, (counts.get(segment) ?? 0) + 1);
      const start = run.index + index;
      words.push({
        start,
        end: start + segment.length,
        kind: katakana.test(segment) ? 'name' : 'concept',
        name: segment,
      });
    }
  }
  const most = Math.max(3, words.length * MAX_SHARE);
  for (const word of words) {
    const count = counts.get(word.name as string) ?? 0;
    if ((count > 1 || word.kind === 'name' || (word.name as string).length > 2) && count <= most) found.push(word);
  }
  return found;
}
