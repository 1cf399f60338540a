import type { Cue } from './read-cues.ts';

/** What is said in one stretch by one voice. */
export type Stretch = { readonly startMs: number; readonly speaker: string | null; readonly text: string };

/** A silence of this length ends a paragraph: captions of running speech follow each other within a second or two. */
const PAUSE_MS = 3_000;
/** A paragraph is ended at the next sentence from here on, and anywhere at twice this; about 120 tokens. */
const PARAGRAPH_LENGTH = 500;

/** Captions to paragraphs, in order of time: a new one where somebody else speaks, after a pause, or when it is long. */
export function joinCues(cues: readonly Cue[]): Stretch[] {
  const ordered = [...cues].sort((left, right) => left.startMs - right.startMs);
  const stretches: { startMs: number; speaker: string | null; text: string }[] = [];
  let endMs = 0;
  for (const cue of isRolling(ordered) ? withoutRepeats(ordered) : ordered) {
    const last = stretches.at(-1);
    const otherVoice = cue.newVoice || (cue.speaker !== null && cue.speaker !== last?.speaker);
    if (last && !otherVoice && cue.startMs - endMs < PAUSE_MS && !isFull(last.text)) last.text += ` ${cue.text}`;
    else {
      const goesOn = last !== undefined && !cue.newVoice && cue.startMs - endMs < PAUSE_MS;
      stretches.push({
        startMs: cue.startMs,
        speaker: cue.speaker ?? (goesOn ? last.speaker : null),
        text: cue.text,
      });
    }
    endMs = Math.max(cue.endMs, cue.startMs);
  }
  return stretches;
}

const isFull = (text: string): boolean =>
  text.length > 2 * PARAGRAPH_LENGTH ||
  (text.length > PARAGRAPH_LENGTH && /[.!?\u2026\u3002\uff01\uff1f]["'\u201d\u2019)\]]?$/u.test(text));

/** Live captions show each line twice: below, then above the next one. */
function isRolling(cues: readonly Cue[]): boolean {
  let repeats = 0;
  for (let at = 1; at < cues.length; at++) if (isShownAgain(cues[at - 1]!, cues[at]!)) repeats++;
  return cues.length > 3 && repeats > cues.length / 3;
}

const isShownAgain = (before: Cue, cue: Cue): boolean =>
  cue.startMs - before.endMs < 1_000 && (cue.text.startsWith(before.text) || before.text.endsWith(cue.text));

function* withoutRepeats(cues: readonly Cue[]): Generator<Cue> {
  let shown = '';
  for (const cue of cues) {
    if (shown !== '' && shown.endsWith(cue.text)) continue;
    const isLonger = shown !== '' && cue.text.startsWith(`${shown} `);
    const text = isLonger ? cue.text.slice(shown.length + 1) : cue.text;
    shown = text;
    yield { ...cue, text };
  }
}
