import type { DocumentKind } from '../types.ts';
import { NAME_CUES, STRONG_CUES, TEXT_CUES } from './kind-cues.ts';

/** What a document is known by: its format, its name and the beginning of its text. */
export type KindInput = {
  readonly text: string;
  readonly title: string | null;
  readonly name: string;
  readonly type: string;
};

export type FoundKind = { readonly kind: DocumentKind | null; readonly because: readonly string[] };

/** Who says what it is says so early; the end of letters and forms is looked at as well. */
const HEAD_LENGTH = 4000;
const TAIL_LENGTH = 800;

const NAME_WEIGHT = 3;
const STRONG_WEIGHT = 1.6;
const WEIGHT = 0.7;
/** A name alone, or some cues of a text that come together; and ahead of the next kind by so much. */
const MIN_SCORE = 2.9;
const MIN_LEAD = 0.6;
const MAX_REASONS = 4;

/** Formats that say it all. */
const KIND_OF_TYPE: Readonly<Record<string, DocumentKind>> = {
  code: 'code',
  csv: 'data',
  json: 'data',
  xlsx: 'data',
  ods: 'data',
  xml: 'data',
  pptx: 'presentation',
  odp: 'presentation',
  eml: 'mail',
  mbox: 'mail',
  man: 'manual',
};

const cueMap = (
  cues: Readonly<Partial<Record<DocumentKind, readonly string[]>>>,
): ReadonlyMap<string, readonly DocumentKind[]> => {
  const map = new Map<string, DocumentKind[]>();
  for (const [kind, words] of Object.entries(cues) as [DocumentKind, readonly string[]][]) {
    for (const word of words) map.set(word, [...(map.get(word) ?? []), kind]);
  }
  return map;
};
const nameCues = cueMap(NAME_CUES);
const textCues = cueMap(TEXT_CUES);

/** The kind of a document by rules, with what it was taken from; null where nothing tells or several kinds are as near. */
export function documentKind({ text, title, name, type }: KindInput): FoundKind {
  const ofType = KIND_OF_TYPE[type];
  if (ofType) return { kind: ofType, because: [`its format, ${type}`] };
  const scores = new Map<DocumentKind, { score: number; because: string[] }>();
  const add = (kind: DocumentKind, weight: number, because: string): void => {
    const entry = scores.get(kind) ?? { score: 0, because: [] };
    scores.set(kind, entry);
    entry.score += weight;
    if (entry.because.length < MAX_REASONS) entry.because.push(because);
  };
  const stem = name.replace(/\.[^.]{1,8}$/, '');
  const named = new Set<DocumentKind>();
  for (const [where, source] of [
    ['its name', stem],
    ['its title', title ?? ''],
  ] as const) {
    for (const cue of phrasesOf(source.slice(0, 300))) {
      for (const kind of nameCues.get(cue) ?? []) {
        if (named.has(kind)) continue;
        named.add(kind);
        add(kind, NAME_WEIGHT, `"${cue}" in ${where}`);
      }
    }
  }
  const head =
    text.length <= HEAD_LENGTH + TAIL_LENGTH ? text : `${text.slice(0, HEAD_LENGTH)}\n${text.slice(-TAIL_LENGTH)}`;
  for (const cue of phrasesOf(head)) {
    for (const kind of textCues.get(cue) ?? []) add(kind, STRONG_CUES.has(cue) ? STRONG_WEIGHT : WEIGHT, `"${cue}"`);
  }
  for (const [kind, weight, because] of shapeCues(text.slice(0, HEAD_LENGTH), title)) add(kind, weight, because);
  const [first, second] = [...scores].sort((a, b) => b[1].score - a[1].score || (a[0] < b[0] ? -1 : 1));
  if (!first || first[1].score < MIN_SCORE || (second && first[1].score - second[1].score < MIN_LEAD))
    return { kind: null, because: [] };
  return { kind: first[0], because: first[1].because };
}

/** Every cue begins with one of these, and goes on with words that lead to another one of these. */
const beginnings = new Set(
  [...nameCues.keys(), ...textCues.keys()].flatMap((cue) => {
    const words = cue.split(' ');
    return words.map((_, at) => words.slice(0, at + 1).join(' '));
  }),
);

/** Runs of words that are cues or begin like one, each once. */
function phrasesOf(text: string): Set<string> {
  const words =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/§ ?\d+|[\p{L}\p{N}]+/gu) ?? [];
  const phrases = new Set<string>();
  for (let at = 0; at < words.length; at++) {
    let phrase = words[at] as string;
    for (let next = at + 1; beginnings.has(phrase); next++) {
      phrases.add(phrase);
      if (next >= words.length) break;
      phrase = `${phrase} ${words[next]}`;
    }
  }
  return phrases;
}

/** What the form of a text says: questions as headings, versions as headings, boxes to tick, lists of references. */
function shapeCues(head: string, title: string | null): (readonly [DocumentKind, number, string])[] {
  const lines = head.split('\n');
  const count = (pattern: RegExp): number => lines.filter((line) => pattern.test(line)).length;
  const questions = count(/^(?:#{1,6} |\*\*|Q[:.] ).{5,150}\?\**\s*$/);
  const versions = count(/^#{1,4} \[?v?\d+\.\d+(?:\.\d+)?\b/);
  const blanks = count(/_{5,}|\.{8,}|☐|□|\[ ?\]/);
  const fields = count(/^(?:From|To|Subject|Date|Von|An|Betreff): /);
  const tasks = count(/^\s*[-*] \[[ x]\]/);
  const steps = count(/^\s*\d+[.)] (?:Click|Open|Select|Enter|Press|Run|Install|Go|Choose|Klicken|Öffnen|Wählen)/);
  return [
    ...(questions >= 3 ? [['faq', 3.5, `${questions} questions as headings`] as const] : []),
    ...(versions >= 2 ? [['changelog', 3.5, `${versions} versions as headings`] as const] : []),
    ...(blanks - tasks >= 4 ? [['form', 2.5, `${blanks} blanks to fill in`] as const] : []),
    ...(fields >= 3 ? [['mail', 4, 'the fields of a mail'] as const] : []),
    ...(steps >= 2 ? [['manual', 2, `${steps} steps`] as const] : []),
    ...(tasks >= 3 ? [['notes', 1.5, `${tasks} tasks`] as const] : []),
    ...(/^\d{4}-\d{2}-\d{2}$/.test(title ?? '') ? [['notes', 3, 'a day as its title'] as const] : []),
  ];
}
