import type { QualityWarning, WarningCode } from './types.ts';

export type QualityInput = {
  readonly text: string;
  readonly type: string;
  /** Of the file. */
  readonly bytes: number;
  /** See Document.firstLine: null where the text has no lines of a file. */
  readonly firstLine: number | null;
  /** What its parser said. */
  readonly parserWarnings: readonly string[];
};

/** Texts are looked at so far; what is wrong with a longer one shows in its beginning. */
const LOOKED_AT = 200_000;
const MAX_KEPT = 12;
const MAX_MESSAGE_LENGTH = 300;

/** What is left of UTF-8 that was read as Windows-1252 or Latin-1: "Ã¼", "â€™", "Ð¿". */
const mojibake =
  /Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ]|â€[™œ˜“”¦\u009d\u0080-\u00bf]|Â[ \u00a0-\u00bf]|[ÐÑ][\u0080-\u00bf‚ƒ„…†‡ˆ‰‹‘’“”•–—™›]/g;
const accented = /[à-öø-ÿßœ]/gi;

/** Pages that say nothing but that there is nothing. */
const emptyPage =
  /\b(?:please enable (?:javascript|cookies)|javascript is (?:disabled|required)|you need to enable javascript|404 (?:- )?(?:page )?not found|page not found|access denied|403 forbidden|verify you are (?:a )?human|checking your browser|we use cookies|bitte aktivieren sie javascript|seite nicht gefunden|diese website verwendet cookies|page introuvable|activer javascript)\b/i;

/** What is doubtful about a text, one sentence each, the worst first; empty for ordinary texts. Never throws. */
export function qualityWarnings(input: QualityInput): QualityWarning[] {
  const { text, type, parserWarnings } = input;
  const sample = text.length > LOOKED_AT ? text.slice(0, LOOKED_AT) : text;
  const isCode = type === 'code' || type === 'data';
  const found = [
    nearlyEmpty(input),
    (isCode ? null : misread(sample)) ?? garbled(sample),
    longLines(input),
    isCode || ['csv', 'json', 'xlsx', 'ods', 'xml'].includes(type) ? null : repetitive(sample),
    type === 'html' && text.length < 1500 && emptyPage.test(text)
      ? warn(
          'boilerplate',
          'It is a page that stands in for another: an error, a request for cookies or for JavaScript.',
        )
      : null,
    ...parserWarnings.map((message) => warn(codeOf(message), message)),
  ].flatMap((each) => each ?? []);
  return found.slice(0, MAX_KEPT);
}

const warn = (code: WarningCode, message: string): QualityWarning => ({
  code,
  message: message.slice(0, MAX_MESSAGE_LENGTH),
});

/** Parsers say it in words. */
const codeOf = (message: string): WarningCode =>
  /^Only the first\b|\bcut (?:off|short)\b|\btruncated\b/i.test(message)
    ? 'truncated'
    : /\bscanned\b|\bOCR\b/.test(message)
      ? 'scanned'
      : /\billegible\b|\bcharacter map\b/.test(message)
        ? 'garbled'
        : 'parser';

/** Fewer letters and digits than a sentence has, in a file that has room for pages. */
function nearlyEmpty({ text, bytes }: QualityInput): QualityWarning | null {
  if (text.length > 2000) return null;
  const signs = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  if (signs === 0) return warn('nearly-empty', 'It holds no letter and no digit.');
  if (signs >= 30 || bytes < 4000) return null;
  return warn('nearly-empty', `It holds ${signs} letters and digits in ${Math.round(bytes / 1000)} kB.`);
}

/** Controls, private use and replacement characters. */
function garbled(text: string): QualityWarning | null {
  let illegible = 0;
  let visible = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 32 || (code >= 9 && code <= 13)) continue;
    visible++;
    if (code < 32 || (code >= 0x7f && code < 0xa0) || (code >= 0xe000 && code < 0xf900) || code === 0xfffd) illegible++;
  }
  if (illegible < 3 || illegible < 0.02 * visible) return null;
  const share = Math.round((100 * illegible) / visible);
  return warn('garbled', `${share}% of its characters are none that a text has.`);
}

function misread(text: string): QualityWarning | null {
  const broken = text.match(mojibake)?.length ?? 0;
  if (broken < 3 || broken * 2000 < text.length) return null;
  const whole = (text.replace(mojibake, '').match(accented) ?? []).length;
  return whole >= 3 && whole * 4 > broken
    ? warn(
        'mixed-encodings',
        `Parts of it are in another encoding than the rest: ${broken} characters such as "Ã¼" for "ü".`,
      )
    : warn('mojibake', `It was saved with the wrong encoding: ${broken} characters such as "Ã¼" for "ü".`);
}

const LONG_LINE = 20_000;

/** Of formats whose lines people see. */
function longLines({ text, firstLine }: QualityInput): QualityWarning | null {
  if (firstLine === null || text.length < LONG_LINE) return null;
  let longest = 0;
  let from = 0;
  while (from < text.length) {
    const end = text.indexOf('\n', from);
    longest = Math.max(longest, (end < 0 ? text.length : end) - from);
    if (end < 0) break;
    from = end + 1;
  }
  return longest < LONG_LINE ? null : warn('long-lines', `Its longest line has ${longest} characters.`);
}

const MIN_LINES = 40;
const MOST_DISTINCT = 0.15;

function repetitive(text: string): QualityWarning | null {
  const lines = text.split('\n').filter((line) => /[\p{L}\p{N}]/u.test(line));
  if (lines.length < MIN_LINES) return null;
  const distinct = new Set(lines.map((line) => line.trim())).size;
  return distinct > MOST_DISTINCT * lines.length
    ? null
    : warn('repetitive', `It is mostly the same: ${lines.length} lines, ${distinct} of them different.`);
}
