const UNITS: Readonly<Record<string, string>> = {
  en: 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
  de: 'null eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn',
  fr: 'zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize',
  es: 'cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince',
};
const TENS: Readonly<Record<string, string>> = {
  en: 'twenty thirty forty fifty sixty seventy eighty ninety',
  de: 'zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig',
  fr: 'vingt trente quarante cinquante soixante',
  es: 'veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa',
};
/** "One" is an article or a pronoun more often than a number, and so is "un"; "once" is an adverb of English. */
const NO_NUMBERS = new Set(['one', 'un', 'uno', 'eins', 'once', 'null', 'elf']);

const VALUES: ReadonlyMap<string, number> = new Map([
  ...Object.values(UNITS).flatMap((words) => words.split(' ').map((word, value): [string, number] => [word, value])),
  ...Object.values(TENS).flatMap((words) =>
    words.split(' ').map((word, at): [string, number] => [word, (at + 2) * 10]),
  ),
]);
const GERMAN_TENS = new RegExp(
  `^(ein|zwei|drei|vier|funf|sechs|sieben|acht|neun)und(${TENS.de!.replaceAll(' ', '|')})$`,
);
const ENGLISH_TENS = new RegExp(`^(${TENS.en!.replaceAll(' ', '|')})-(one|two|three|four|five|six|seven|eight|nine)$`);

/** The value of a folded number word, `twenty-five` and `funfundzwanzig` among them; null for other words. */
export function numberWord(word: string): number | null {
  const english = ENGLISH_TENS.exec(word);
  if (english) return VALUES.get(english[1]!)! + VALUES.get(english[2]!)!;
  const german = GERMAN_TENS.exec(word);
  if (german) return VALUES.get(german[2]!)! + (german[1] === 'ein' ? 1 : VALUES.get(german[1]!)!);
  return NO_NUMBERS.has(word) ? null : (VALUES.get(word) ?? null);
}

const SCALES: Readonly<Record<string, number>> = {
  hundred: 100,
  hundert: 100,
  cent: 100,
  cents: 100,
  dozen: 12,
  thousand: 1e3,
  tausend: 1e3,
  mille: 1e3,
  mil: 1e3,
  k: 1e3,
  million: 1e6,
  millions: 1e6,
  millionen: 1e6,
  mio: 1e6,
  millones: 1e6,
  mn: 1e6,
  billion: 1e9,
  billions: 1e9,
  bn: 1e9,
  milliarde: 1e9,
  milliarden: 1e9,
  mrd: 1e9,
  milliard: 1e9,
  milliards: 1e9,
  trillion: 1e12,
  trillions: 1e12,
  千: 1e3,
  万: 1e4,
  萬: 1e4,
  億: 1e8,
  亿: 1e8,
  만: 1e4,
  억: 1e8,
};

/** What a folded word behind a number multiplies it with, null for other words. */
export const scaleOf = (word: string): number | null => SCALES[word.replace(/\.$/, '')] ?? null;

const HAN_DIGITS = '〇一二三四五六七八九';
const HAN_UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000, 万: 1e4, 萬: 1e4, 亿: 1e8, 億: 1e8 };

/** The value of a number in Chinese characters: 25 of 二十五, 2024 of 二〇二四. */
export function hanNumber(text: string): number {
  let total = 0;
  let section = 0;
  let digit = 0;
  for (const character of text.replace(/零/g, '〇').replace(/[两兩]/g, '二')) {
    const unit = HAN_UNITS[character];
    if (unit === undefined) digit = digit * 10 + HAN_DIGITS.indexOf(character);
    else if (unit < 1e4) {
      section += (digit || 1) * unit;
      digit = 0;
    } else {
      total += (section + digit || 1) * unit;
      section = 0;
      digit = 0;
    }
  }
  return total + section + digit;
}
