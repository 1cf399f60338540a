/** One caption: what is shown, and when. */
export type Cue = {
  readonly startMs: number;
  readonly endMs: number;
  /** Null where nobody is named. */
  readonly speaker: string | null;
  /** Whether somebody else begins to speak, named or not. */
  readonly newVoice: boolean;
  /** Without tags, on one line. */
  readonly text: string;
};

export type Cues = {
  readonly cues: readonly Cue[];
  /** Notes of a WebVTT file on itself, and what follows its signature. */
  readonly notes: readonly string[];
  readonly language: string | null;
};

const TIME = String.raw`(?:(\d{1,4}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?`;
const TIMING = new RegExp(String.raw`^\s*${TIME}\s*-{1,2}>\s*${TIME}`);
/** No caption has more; a line longer than this was not written for a screen. */
const MAX_CUE_LENGTH = 20_000;

/**
 * The cues of SubRip or WebVTT text, in the order of the file. Blocks without a time (numbers, styles, regions) are
 * left out. Linear. Sources: W3C WebVTT, "File structure"; SubRip as players read it.
 */
export function readCues(text: string): Cues {
  const cues: Cue[] = [];
  const notes: string[] = [];
  let language: string | null = null;
  for (const block of blocksOf(text)) {
    const at = block.findIndex((line, index) => index < 3 && line.includes('->') && TIMING.test(line.slice(0, 100)));
    if (at >= 0) {
      const { startMs, endMs } = timing(block[at]!);
      for (const said of spokenIn(
        block
          .slice(at + 1)
          .join('\n')
          .slice(0, MAX_CUE_LENGTH),
      ))
        cues.push({ startMs, endMs, ...said });
      continue;
    }
    const first = block[0] ?? '';
    if (/^\ufeff?WEBVTT\b/.test(first)) {
      const said = first.replace(/^\ufeff?WEBVTT[\s-]*/, '').trim();
      if (said !== '') notes.push(said);
      for (const line of block.slice(1))
        language ??= /^Language:\s*([a-z]{2,3}(?:-\w{2,8})?)\s*$/i.exec(line)?.[1]?.toLowerCase() ?? null;
    } else if (/^NOTE(?:\s|$)/.test(first)) {
      const note = block.join('\n').slice(4, MAX_CUE_LENGTH).trim();
      if (note !== '') notes.push(note);
    }
  }
  return { cues, notes, language };
}

/** Runs of lines between empty lines. A cue's own time ends the cue before it, should the empty line be missing. */
function* blocksOf(text: string): Generator<string[]> {
  let block: string[] = [];
  let timed = false;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, Math.min(end, start + MAX_CUE_LENGTH));
    start = end + 1;
    if (line.trim() === '') {
      if (block.length > 0) yield block;
      block = [];
      timed = false;
      continue;
    }
    if (line.includes('->') && TIMING.test(line.slice(0, 100))) {
      if (timed) {
        const number = /^\d+$/.test(block.at(-1)!.trim()) ? block.pop() : undefined;
        yield block;
        block = number === undefined ? [] : [number];
      }
      timed = true;
    }
    block.push(line);
  }
  if (block.length > 0) yield block;
}

function timing(line: string): { startMs: number; endMs: number } {
  const [, h1, m1, s1, f1, h2, m2, s2, f2] = TIMING.exec(line.slice(0, 100)) as RegExpExecArray;
  const milliseconds = (hours = '0', minutes = '0', seconds = '0', fraction = '0'): number =>
    ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(fraction.padEnd(3, '0'));
  return { startMs: milliseconds(h1, m1, s1, f1), endMs: milliseconds(h2, m2, s2, f2) };
}

type Said = Pick<Cue, 'speaker' | 'newVoice' | 'text'>;

/** What one cue says, by voice: `<v Ada>` in WebVTT, a dash for each of two people, `ADA:` in capitals or `>>`. */
function spokenIn(source: string): Said[] {
  return source
    .split(/(?=<v[.\s])/)
    .flatMap(saidByOne)
    .filter(({ text }) => text !== '');
}

function saidByOne(part: string): Said[] {
  const voice = /^<v(?:\.[^\s>]{0,100})?[ \t]+([^>]{1,100})>/.exec(part)?.[1]?.trim();
  const lines = withoutTags(part)
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
  if (voice !== undefined) return [{ speaker: voice, newVoice: false, text: lines.join(' ') }];
  const dashes = lines.filter((line) => DASH.test(line)).length;
  const turns: { speaker: string | null; newVoice: boolean; text: string }[] = [];
  for (const line of lines) {
    const turn = /^>>+\s*/.exec(line) ?? (dashes > 1 ? DASH.exec(line) : null);
    const words = turn ? line.slice(turn[0].length) : line;
    const named = NAMED.exec(words);
    const text = named ? words.slice(named[0].length) : words;
    const last = turns.at(-1);
    if (last && !turn && !named) last.text += ` ${text}`;
    else turns.push({ speaker: named?.[1]?.trim() ?? null, newVoice: turn !== null || named !== null, text });
  }
  return turns;
}

const DASH = /^[-\u2013\u2014]\s*(?=\S)/;
const NAMED = /^[[(]?(\p{Lu}[\p{Lu}\p{N}.'\u2019 -]{1,40})[\])]?:\s+(?=\S)/u;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: ' ',
  quot: '"',
  apos: "'",
  lrm: '',
  rlm: '',
};

const withoutTags = (text: string): string =>
  text
    .replace(/<\/?[a-zA-Z\d][^<>\n]{0,200}>/g, '')
    .replace(/\{\\[^{}\n]{0,100}\}/g, '')
    .replace(/&(#\d{1,7}|[a-z]{2,4});/g, (whole, name: string) =>
      name.startsWith('#') ? characterOf(Number(name.slice(1)), whole) : (ENTITIES[name] ?? whole),
    );

const characterOf = (code: number, otherwise: string): string =>
  code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : otherwise;
