import { months } from './name-words.ts';
import type { Occurrence } from './occurrence.ts';

type NumberRule = {
  readonly kind: Occurrence['kind'];
  /** Sticky: tried where a number, a currency sign or a capital begins. */
  readonly pattern: RegExp;
  readonly name?: (match: RegExpExecArray) => string | null;
};

const two = (number: string | number): string => String(number).padStart(2, '0');
const dayOf = (year: string, month: number | undefined, day: string): string | null =>
  month && Number(day) >= 1 && Number(day) <= 31 ? `${year}-${two(month)}-${two(day)}` : null;
const monthOf = (word: string | undefined): number | undefined => months.get((word ?? '').toLowerCase());

const unit =
  'km|m|cm|mm|kg|g|mg|t|l|ml|GB|MB|KB|TB|kB|GiB|MiB|Hz|kHz|MHz|GHz|kW|kWh|MW|GW|W|V|A|°C|°F|km/h|mph|ms|miles?|feet|ft|inch(?:es)?|tons?|tonnes?|acres?|hectares?|percent|per cent|km²|m²';
const currency =
  'USD|EUR|GBP|CHF|JPY|CNY|INR|AUD|CAD|SEK|NOK|DKK|PLN|euros?|Euro|dollars?|pounds?|yen|yuan|rupees?|francs?';
const scale = '(?:\\s?(?:million|billion|trillion|thousand|bn|mn|Mio\\.?|Mrd\\.?|[kKmMbB](?![A-Za-z])))?';

/** In order: the first that matches decides. */
export const numberRules: readonly NumberRule[] = [
  {
    kind: 'date',
    pattern: /(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)/y,
    name: ([, year = '', month, day = '']) => dayOf(year, Number(month), day),
  },
  {
    kind: 'date',
    pattern: /(\d{1,2})\.? (?:de )?(\p{L}{3,10})\.?,?(?: de)? ((?:1[0-9]|20)\d\d)(?!\d)/uy,
    name: ([, day = '', month, year = '']) => dayOf(year, monthOf(month), day),
  },
  {
    kind: 'date',
    pattern: /(\p{L}{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? ((?:1[0-9]|20)\d\d)(?!\d)/uy,
    name: ([, month, day = '', year = '']) => dayOf(year, monthOf(month), day),
  },
  {
    kind: 'date',
    pattern: /(\p{L}{3,10})\.? ((?:1[0-9]|20)\d\d)(?!\d)/uy,
    name: ([, month, year]) => (monthOf(month) ? `${year}-${two(monthOf(month) as number)}` : null),
  },
  {
    kind: 'date',
    pattern: /(\d{1,2})[./](\d{1,2})[./](\d{4})(?!\d)/y,
    name: ([, day = '', month, year = '']) => (Number(month) <= 12 ? dayOf(year, Number(month), day) : null),
  },
  { kind: 'date', pattern: /Q([1-4])[ /-]?((?:19|20)\d\d)\b/y, name: ([, quarter, year]) => `${year}-q${quarter}` },
  {
    kind: 'identifier',
    pattern: /(?:ISO(?:\/IEC)?|IEC|IEEE|RFC|DIN|EN|ANSI|NIST|ITU|ECMA|PEP|BS)[ -]?(?:EN )?\d[\d.:-]{0,20}\d/y,
  },
  { kind: 'identifier', pattern: /CVE-\d{4}-\d{4,7}/y },
  { kind: 'identifier', pattern: /[A-Z][A-Z0-9]{1,9}-\d{1,8}(?:-\d{1,6})?(?![\w-])/y },
  {
    kind: 'identifier',
    pattern: /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/y,
  },
  {
    kind: 'identifier',
    pattern:
      /(?:Invoice|Rechnung|Ticket|Order|Case|Contract|Bestellung|Vertrag|Facture)(?: (?:No|Nr|number|#)\.?)? ?#?([A-Z]{0,4}-?\d[\d/-]{2,20})/y,
    name: ([, number]) => number ?? null,
  },
  { kind: 'identifier', pattern: /#\d{2,8}\b/y },
  { kind: 'money', pattern: new RegExp(`(?:US|A|C|NZ|HK)?[$€£¥₹]\\s?\\d[\\d.,]{0,20}${scale}`, 'uy') },
  { kind: 'money', pattern: new RegExp(`\\d[\\d.,]{0,20}${scale}\\s?(?:€|£|¥|₹|(?:${currency})\\b)`, 'uy') },
  { kind: 'version', pattern: /\d{1,4}\.\d{1,4}\.\d{1,6}(?:[-+.][\w.]{1,20})?(?![\w.])/y },
  { kind: 'quantity', pattern: new RegExp(`\\d[\\d.,]{0,20}\\s?(?:%|(?:${unit})(?![\\p{L}\\p{N}]))`, 'uy') },
];

/** The number, date, amount or identifier that begins here, or null. */
export function numberAt(text: string, start: number): Occurrence | null {
  for (const { kind, pattern, name } of numberRules) {
    pattern.lastIndex = start;
    const match = pattern.exec(text);
    if (!match) continue;
    const found = name ? name(match) : trimmed(match[0]);
    if (found === null) continue;
    return { start, end: start + trimmed(match[0]).length, kind, name: `${kind} ${found}` };
  }
  return null;
}

const trimmed = (match: string): string => match.replace(/[.,:-]+$/, '');
