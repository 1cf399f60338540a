import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { type NumberRun, type NumberWindow, numberRuns, windowsOf } from '../text/number-runs.ts';
import { anyOf, isSaidBefore, wordsNear } from '../text/words-near.ts';
import type { DetectOptions, Detector, Finding } from '../types.ts';

const MIN_DIGITS = 6;
/** ITU-T E.164. */
const MAX_DIGITS = 15;

const words = anyOf(
  'phone',
  'phones',
  'telephone',
  'tel',
  'mobile',
  'cell',
  'cellphone',
  'fax',
  'call',
  'text me',
  'sms',
  'whatsapp',
  'telefon',
  'telefonnummer',
  'mobil',
  'handy',
  'handynummer',
  'rufnummer',
  'ruf',
  'anruf*',
  'téléphone',
  'portable',
  'tél',
  'appelez',
  'appeler',
  'numéro de téléphone',
  'teléfono',
  'telefono',
  'móvil',
  'celular',
  'llame',
  'llamar',
  'cellulare',
  'telefone',
  'telemóvel',
  'telefoon',
  'telefoonnummer',
  'mobiel',
  'bel',
  'komórka',
  'nr tel',
  'telefonnr',
  'puhelin',
  'puh',
  'телефон',
  'тел',
  'моб',
  '电话',
  '手机',
  '電話',
  '携帯',
  '전화',
  '휴대폰',
  'فون',
  'هاتف',
);

/** Where numbers without a country are tried when nobody said where they are from, and a word says what they are. */
const COMMON_REGIONS: readonly CountryCode[] = [
  'US',
  'GB',
  'DE',
  'FR',
  'ES',
  'IT',
  'NL',
  'PL',
  'SE',
  'CH',
  'AT',
  'BE',
  'PT',
  'BR',
  'MX',
  'IN',
  'AU',
  'JP',
  'KR',
  'CN',
  'DK',
  'NO',
  'FI',
  'IE',
  'CZ',
  'TR',
  'RU',
];
const NORTH_AMERICA: readonly CountryCode[] = ['US', 'CA', 'PR', 'DO', 'JM'];

/** Numbers of telephones that the numbering plan of their country has. */
export const phone: Detector = {
  kind: 'phone',
  *detect(text, options): Generator<Finding> {
    for (const run of numberRuns(text, MIN_DIGITS)) {
      let past = -1;
      let said = { start: -1, isSaid: false };
      let best: { readonly start: number; readonly found: Finding } | null = null;
      const isSaid = (start: number): boolean => {
        if (start !== said.start) said = { start, isSaid: isSaidBefore(text, start, words, 40) };
        return said.isSaid;
      };
      const mayStart = (first: number): boolean => mayBegin(text, run, first, options) || isSaid(run[first]!.start);
      for (const { start, describe } of windowsOf(text, run, { isWanted: isLength, mayStart })) {
        // Windows come by their first group, the longest one last: that is the one to keep.
        if (best && start !== best.start) {
          yield best.found;
          past = best.found.span.end;
          best = null;
        }
        if (start < past) continue;
        const window = describe();
        if (window.lineBreaks > 1) continue;
        const found = findNumber(text, window, options, isSaid(start));
        if (found) best = { start, found };
      }
      if (best) yield best.found;
    }
  },
};

/** Whether a group looks like the beginning of a number without a word that says so. */
function mayBegin(text: string, run: NumberRun, first: number, { region }: DetectOptions): boolean {
  const { start } = run[first]!;
  if (region !== null || text.startsWith('00', start)) return true;
  for (let at = start - 1; at >= start - 3; at--) {
    if (text[at] === '+' || text[at] === '(') return true;
    if (text[at] !== ' ') break;
  }
  const lengthAt = (index: number): number => (run[index] ? run[index].end - run[index].start : 0);
  const next = lengthAt(first) === 1 ? first + 1 : first;
  return lengthAt(next) === 3 && lengthAt(next + 1) === 3 && lengthAt(next + 2) === 4;
}

const isLength = (digits: number): boolean => digits >= MIN_DIGITS && digits <= MAX_DIGITS;

function findNumber(text: string, window: NumberWindow, { region }: DetectOptions, isSaid: boolean): Finding | null {
  const { start, end, digits, layout } = window;
  const plus = /\+[ (]?$/.exec(text.slice(Math.max(0, start - 3), start));
  const paren = plus ? null : /\([ ]?$/.exec(text.slice(Math.max(0, start - 2), start));
  const from = start - (plus?.[0].length ?? (paren && text.slice(start, end).includes(')') ? paren[0].length : 0));
  const span = { start: from, end };
  const found = (value: string, confidence: number): Finding => ({
    kind: 'phone',
    rule: 'phone',
    span,
    value,
    confidence: Math.max(0, confidence),
  });

  if (plus || digits.startsWith('00')) {
    if (digits.length < 8) return null;
    const international = `+${withoutTrunkZero(text, window).replace(/^00/, '')}`;
    const parsed = parsePhoneNumberFromString(international, { extract: false });
    if (!parsed?.isValid()) return null;
    if (plus) return found(parsed.number, window.lineBreaks ? 0.7 : 0.96);
    return found(parsed.number, wordsNear(text, span, words) > 0 ? 0.95 : layout.includes(' ') ? 0.6 : 0.3);
  }
  const isAmerican = layout === '3 3 4' || layout === '1 3 3 4';
  const startsLikeOne = digits.startsWith('0') || isAmerican || (region !== null && layout.includes(' '));
  const near = startsLikeOne || isSaid ? wordsNear(text, span, words) : 0;
  if (near <= 0 && !startsLikeOne) return null;
  // The tail of a date, or of a longer code with slashes.
  if (/\d\/$/.test(text.slice(Math.max(0, start - 2), start)) || isDateOrTime(text.slice(start, end))) return null;
  const regions =
    region !== null && isSupportedCountry(region)
      ? [region]
      : near > 0
        ? COMMON_REGIONS
        : isAmerican
          ? NORTH_AMERICA
          : [];
  for (const each of regions) {
    const parsed = parsePhoneNumberFromString(digits, { defaultCountry: each, extract: false });
    if (!parsed?.isValid()) continue;
    const isLaidOut = layout.includes(' ') && window.lineBreaks === 0;
    const alone =
      isAmerican && isLaidOut
        ? 0.62
        : digits.startsWith('0') && isLaidOut && layout.split(' ').length <= 5
          ? 0.58
          : 0.3;
    const confidence = near > 0 ? (window.lineBreaks ? 0.6 : 0.92) : near < 0 ? alone - 0.5 : alone;
    return found(parsed.number, window.isJoined ? Math.min(confidence, 0.4) : confidence);
  }
  return null;
}

/** +49 (0) 30 ... is +49 30 ... */
function withoutTrunkZero(text: string, { start, end, digits }: NumberWindow): string {
  return /^[\d ]{1,6}\(0\)/.test(text.slice(start, Math.min(end, start + 10)))
    ? text.slice(start, end).replace('(0)', '').replace(/\D/g, '')
    : digits;
}

const isDateOrTime = (written: string): boolean =>
  /^(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{2}){1,2}(?!\d)|\d{4}[./-]\d{1,2}[./-]\d{1,2}(?!\d)|\d{1,3}\.\d{4,}$)/.test(
    written,
  );
