import type { Occurrence } from './occurrence.ts';

/** Words that hardly any other language has so often; their share of the words tells German from the rest. */
const german =
  /\b(?:und|der|die|das|ist|nicht|mit|für|auf|den|dem|ein|eine|einen|wird|werden|sich|bei|nach|im|zur|zum)\b/gu;
const MIN_SHARE = 0.12;
const SAMPLE_LENGTH = 20_000;
/** Before nouns, hardly ever before names of towns and persons. */
const determiners = new Set(
  `der die das den dem des ein eine einen einem einer eines kein keine keinen keiner im am zum zur vom beim ins ans jede jeder jedes jeden
  diese dieser dieses diesen alle aller allen unser unsere unserer ihr ihre ihrer sein seine seiner mein meine viele mehr weniger ohne`
    .trim()
    .split(/\s+/),
);
const names = new Set('in aus nach von bei mit herr frau durch gegen und oder'.split(' '));
const wordBefore = /([\p{L}]+)\s+$/u;
const MAX_WORD = 24;

/** Whether so many of the words are those of German that its capitals say little. */
export function isGerman(text: string): boolean {
  const sample = text.slice(0, SAMPLE_LENGTH);
  const words = sample.match(/\p{L}+/gu)?.length ?? 0;
  return words >= 20 && (sample.match(german)?.length ?? 0) / words >= MIN_SHARE;
}

/**
 * German writes every noun with a capital. Of single words of unknown kind those are left that stand as names do, after
 * "in", "aus" or "Herr", and nowhere as nouns do, after an article.
 */
export function withoutGermanNouns(text: string, occurrences: readonly Occurrence[]): Occurrence[] {
  const isNoun = new Map<string, boolean>();
  const singles = occurrences.filter(
    ({ start, end, kind }) => kind === 'name' && !/[\s-]/.test(text.slice(start, end)),
  );
  for (const { start, end } of singles) {
    const word = text.slice(start, end);
    const before = wordBefore.exec(text.slice(Math.max(0, start - MAX_WORD), start))?.[1] ?? '';
    const lower = before.toLowerCase();
    if (determiners.has(lower) || (/^\p{Ll}.*(?:en|er|es|em|e)$/u.test(before) && !names.has(lower)))
      isNoun.set(word, true);
    else if (names.has(lower) && !isNoun.has(word)) isNoun.set(word, false);
  }
  const dropped = new Set(singles.filter(({ start, end }) => isNoun.get(text.slice(start, end)) !== false));
  return occurrences.filter((occurrence) => !dropped.has(occurrence));
}
