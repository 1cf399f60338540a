import { foldText } from '../text-terms.ts';
import type { NumberFact } from './facts.ts';
import { measureOf } from './measures.ts';
import { hanNumber, numberWord, scaleOf } from './number-words.ts';

const FIGURE =
  /(?<![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}_]|\d[.,'’])([$€£¥₹]|US\$|\b(?:USD|EUR|GBP|CHF|JPY|INR))?\s?(\d{1,3}(?:(?:[,.'’]\d{3})+|(?:[ \u00a0\u202f]\d{3})+(?!\d))(?:[.,]\d+)?|\d+(?:[.,]\d+)?)([½¼¾])?/gu;
const BEHIND = /^[\s-]?([%€$£¥°]\s?[CF]?|[\p{L}\p{M}]+\.?)(?:\s([\p{L}\p{M}]+|[%€$£¥]))?/u;
const SPELLED = /(?<![\p{L}\p{N}])[\p{L}\p{M}]{2,}(?:-[\p{L}]{3,5}(?![\p{L}-]))?(?![\p{L}\p{N}])/gu;
/** Characters that are numbers, where something to count follows: 一 is a part of many words. */
const HAN =
  /[〇零一二两兩三四五六七八九十百千万萬亿億]+(?=天|年|个月|個月|ヶ月|か月|月|日|人|周|週|小时|小時|時間|分|岁|歲|歳|元|円|名|次|回|件|页|頁|米|公里|倍|%|％)/gu;
const ROUNDED =
  /(?:about|around|roughly|approximately|approx\.?|nearly|almost|some|over|more than|less than|under|circa|ca\.|~|etwa|rund|ungefähr|knapp|fast|über|environ|près de|plus de|unos|aproximadamente|casi|más de|约|大約|約)\s*(?:[$€£]\s?)?$/iu;
const ORDINAL = /^(?:st|nd|rd|th|er|e|º|s)$/i;
const FRACTIONS: Readonly<Record<string, number>> = { '½': 0.5, '¼': 0.25, '¾': 0.75 };

/** The numbers of a text with ASCII digits, but for those within `taken`, in order. */
export function readNumbers(text: string, isTaken: (start: number, end: number) => boolean): NumberFact[] {
  const facts: NumberFact[] = [];
  for (const match of text.matchAll(FIGURE)) {
    const lead = /^\s*/.exec(match[0])![0].length;
    const start = match.index + lead;
    const fact = figureAt(text, start, match);
    if (fact && !isTaken(start, fact.span.end)) facts.push(fact);
  }
  for (const match of text.matchAll(SPELLED)) {
    const start = match.index;
    const value = numberWord(foldText(match[0]));
    if (value === null || isTaken(start, start + match[0].length)) continue;
    facts.push(extend(text, { start, end: start + match[0].length, values: [value], isWord: true }));
  }
  for (const match of text.matchAll(HAN)) {
    const span = { start: match.index, end: match.index + match[0].length };
    if (isTaken(span.start, span.end)) continue;
    const values = [hanNumber(match[0])];
    facts.push({ kind: 'number', text: match[0], span, values, measure: null, isWord: true, isRounded: false });
  }
  return facts.sort((a, b) => a.span.start - b.span.start);
}

function figureAt(text: string, start: number, match: RegExpExecArray): NumberFact | null {
  const end = match.index + match[0].length;
  const [, currency, figure = '', fraction] = match;
  const glued = /^[\p{L}]+/u.exec(text.slice(end, end + 20))?.[0] ?? '';
  const isGlued = glued !== '' && /[a-z]/i.test(glued);
  if (isGlued && !ORDINAL.test(glued) && scaleOf(foldText(glued)) === null && measureOf(foldText(glued)) === null) {
    if (!/^[xmgMGWB]$/.test(glued)) return null;
  }
  const isNegative = /(?:^|[\s(])[-−]$/.test(text.slice(Math.max(0, start - 2), start));
  const base = valuesOf(figure).map((value) => value + (fraction ? FRACTIONS[fraction]! : 0));
  const values = isNegative ? base.map((value) => -value) : base;
  return extend(text, { start, end, values, isWord: false, currency });
}

type Read = { start: number; end: number; values: readonly number[]; isWord: boolean; currency?: string };

/** With the scale and the measure that stand around the figure. */
function extend(text: string, { start, end, values, isWord, currency }: Read): NumberFact {
  let measure = currency ? measureOf(foldText(currency)) : null;
  let scaled = values;
  let at = end;
  for (let step = 0; step < 3; step++) {
    const behind = BEHIND.exec(text.slice(at, at + 40));
    const word = behind?.[1] ? foldText(behind[1]).replace(/\s/g, '') : '';
    const scale = word === '' ? null : (scaleOf(word) ?? (word === 'm' && currency ? 1e6 : null));
    const own = word === '' ? null : measureOf(word);
    if (scale !== null) scaled = scaled.map((value) => value * scale);
    else if (own !== null && measure === null) measure = own;
    else break;
    at += behind![0].length - (behind![2] ? behind![2].length + 1 : 0);
    if (own !== null) break;
  }
  const isRounded = ROUNDED.test(text.slice(Math.max(0, start - 24), start));
  return {
    kind: 'number',
    text: text.slice(start, at).trim(),
    span: { start, end: at },
    values: scaled,
    measure,
    isWord,
    isRounded,
  };
}

/** What a written figure may mean, by the habits of English, German, French and Swiss texts. */
export function valuesOf(figure: string): number[] {
  const plain = figure.replace(/[\s\u00a0\u202f'’]/g, '');
  const separators = plain.match(/[.,]/g) ?? [];
  if (separators.length === 0) return [Number(plain)];
  const last = separators.at(-1)!;
  const cut = plain.lastIndexOf(last);
  const decimal = Number(`${plain.slice(0, cut).replace(/[.,]/g, '')}.${plain.slice(cut + 1)}`);
  const whole = Number(plain.replace(/[.,]/g, ''));
  const isGrouped = /^\d{1,3}(?:[.,]\d{3})+$/.test(plain) && new Set(separators).size === 1;
  if (!isGrouped) return [decimal];
  if (separators.length > 1 || /^0/.test(plain) === false) return separators.length > 1 ? [whole] : [whole, decimal];
  return [decimal];
}

/** Whether two numbers may be the same amount; units that are both known must agree. */
export function isSameNumber(asked: NumberFact, given: NumberFact): boolean {
  if (asked.measure && given.measure && asked.measure.dimension !== given.measure.dimension) return false;
  const [own, other] = asked.measure && given.measure ? [asked.measure.factor, given.measure.factor] : [1, 1];
  return asked.values.some((a) =>
    given.values.some((b) => isClose(a * own, b * other) || (asked.isRounded && roundsTo(b * other, a * own))),
  );
}

const isClose = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));

/** Whether `exact` becomes `rounded` at the digits that `rounded` has, up, down or to the nearest. */
function roundsTo(exact: number, rounded: number): boolean {
  if (rounded === 0 || exact === 0) return false;
  const digits = String(Math.abs(rounded))
    .replace(/\D/g, '')
    .replace(/^0+|0+$/g, '').length;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(rounded))) + 1 - Math.max(1, digits));
  return [Math.floor, Math.round, Math.ceil].some((round) => isClose(round(exact / unit) * unit, rounded));
}
