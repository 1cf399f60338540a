import { foldText, type Term, termsOf } from './text-terms.ts';

export type AnswerKind = 'time' | 'number' | 'person' | 'place' | 'any';

/** Question words by what they ask for. Folded; for scripts without spaces they may stand anywhere. */
const ASKING: readonly (readonly [AnswerKind, RegExp])[] = [
  [
    'number',
    /\b(how (many|much|long|often|far|large|big|high|tall|old|fast|wide|deep|heavy|late|early)|what (percentage|percent|share|number|amount|price|cost)|wie ?(viel\w*|lang\w*|hoch|oft|weit|gross|alt|schnell|teuer)|combien|cuant[oa]s?|quant[oaie]s?|hoeveel|hur (manga|mycket)|hvor (mange|mye|meget)|ile|сколько|скільки|ποσ[οαες]+|kac|berapa|bao nhieu|كم|כמה|چند|कितन[ाेी])(?![\p{L}\p{M}])|多少|几[个天年月次小人岁]|多久|多长|多大|いくつ|いくら|何(日|人|年|時間|個|回|歳|円|パーセント)|どれ(くらい|ぐらい)|どのくらい|얼마|몇|เท่าไ|กี่/u,
  ],
  [
    'time',
    /\b(when|what (time|date|year|day|month)|which (year|day|month|date)|since when|until when|by when|deadline|wann|quand|cuando|quando|wanneer|nar|kiedy|когда|коли|ποτε|ne zaman|kapan|khi nao|متى|מתי|कब)(?![\p{L}\p{M}])|什么时候|何时|几时|几点|哪年|哪天|哪一年|何年|いつ|何時|何月|언제|เมื่อไ/u,
  ],
  [
    'person',
    /\b(who|whom|whose|wer|wen|wem|wessen|qui|quien(es)?|chi|quem|wie is|vem|hvem|kto|кто|кого|хто|ποιος|kim|siapa|من|מי|कौन|किसने|किसे)(?![\p{L}\p{M}])|谁|誰|哪位|だれ|누가|누구|ใคร/u,
  ],
  [
    'place',
    /\b(where|wo|wohin|woher|ou|donde|dove|onde|waar|var|hvor|gdzie|где|куда|де|που|nerede|di mana|o dau|أين|اين|איפה|היכן|कहाँ|कहां)(?![\p{L}\p{M}])|哪里|哪儿|在哪|何处|哪个(城市|国家|地方)|どこ|어디|ที่ไหน/u,
  ],
];

/** What kind of answer a question asks for, by its question words. The first kind in the order of the text wins. */
export function askedKind(question: string): AnswerKind {
  const folded = foldText(question);
  let best: { kind: AnswerKind; at: number } = { kind: 'any', at: Number.POSITIVE_INFINITY };
  for (const [kind, pattern] of ASKING) {
    const at = folded.search(pattern);
    if (at >= 0 && at < best.at) best = { kind, at };
  }
  return best.kind;
}

/** Month and weekday names of these languages come from ICU, so that nobody keeps lists of them. */
const CALENDAR_LANGUAGES = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'pt',
  'nl',
  'sv',
  'nb',
  'pl',
  'ru',
  'uk',
  'el',
  'tr',
  'ar',
  'he',
  'hi',
  'id',
];
let calendarWords: RegExp | null = null;

function calendarPattern(): RegExp {
  if (calendarWords) return calendarWords;
  const names = new Set<string>();
  for (const language of CALENDAR_LANGUAGES) {
    for (let month = 0; month < 12; month++) {
      const date = new Date(Date.UTC(2026, month, 15));
      for (const style of [{ month: 'long' }, { day: 'numeric', month: 'long' }] as const) {
        const parts = new Intl.DateTimeFormat(language, { ...style, timeZone: 'UTC' }).formatToParts(date);
        names.add(foldText(parts.find((part) => part.type === 'month')?.value ?? ''));
      }
    }
    for (let day = 1; day <= 7; day++) {
      const date = new Date(Date.UTC(2026, 1, day));
      names.add(foldText(new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(date)));
    }
  }
  const words = [...names].filter((name) => name.length > 2 && !/\d/.test(name)).join('|');
  calendarWords = new RegExp(`(?<![\\p{L}\\p{M}])(?:${words})(?![\\p{L}\\p{M}])`, 'u');
  return calendarWords;
}

const NUMBER_WORDS =
  /(?<!\p{L})(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|hundred|thousand|million|half|twice|once|daily|weekly|monthly|zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|elf|zwolf|zwanzig|dreissig|hundert|tausend|deux|trois|quatre|cinq|dix|vingt|trente|dos|tres|cuatro|cinco|diez|veinte|treinta)(?!\p{L})/u;
const CLOCK_OR_DATE =
  /\d{1,2}:\d{2}|\d{4}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|(?<!\d)(1[4-9]|20)\d{2}(?!\d)|\d\s?(am|pm|uhr|h)(?!\p{L})|[\d一二三四五六七八九十〇]+\s?[年月日時时点點号]|\d+\s?[년월일시]/u;
const RELATIVE_TIME =
  /(?<!\p{L})(days?|weeks?|months?|quarters?|years?|hours?|minutes?|tage?n?|wochen?|monate?n?|jahre?n?|stunden?|jours?|semaines?|mois|dias?|semanas?|mes(es)?|giorni|settimane|mesi|annually|noon|midnight|morning|evening)(?!\p{L})/u;

/** How well a sentence holds the kind of thing that is asked for, in [0, 1]. 0 for kind 'any'. */
export function cueStrength(kind: AnswerKind, sentence: string): number {
  if (kind === 'any') return 0;
  const folded = foldText(sentence);
  if (kind === 'number') {
    if (/\p{Nd}/u.test(folded) || /[一二三四五六七八九十百千万两]+[个個天年月次人小時时元円%]/u.test(folded)) return 1;
    return NUMBER_WORDS.test(folded) ? 0.8 : 0;
  }
  if (kind === 'time') {
    if (CLOCK_OR_DATE.test(folded) || calendarPattern().test(folded)) return 1;
    return RELATIVE_TIME.test(folded) ? 0.6 : 0;
  }
  if (kind === 'person') {
    if (/[\w.+-]+@[\w-]+\.\w+|(?<!\p{L})(Dr|Mr|Mrs|Ms|Prof|Herr|Frau|Mme|Sr|Sra)\.?\s+\p{Lu}/u.test(sentence)) return 1;
    if (/先生|女士|老师|さん|氏|님|씨/u.test(sentence)) return 0.8;
    return hasName(sentence) ? 0.8 : 0;
  }
  if (
    /(?<!\p{L})(in|at|on|near|from|to|im|am|bei|nach|aus|a|au|en|dans|chez|nel|nella|no|na|te|op|в|на)\s+(the\s+|der\s+|la\s+)?\p{Lu}/u.test(
      sentence,
    )
  ) {
    return 0.8;
  }
  return /[在於于].{1,12}|にあ|で(?=[、。])|に(?=[、。])|(?<!\p{L})(floor|room|street|building|office|stock|strasse|raum|gebaude|etage|rue|calle|via)(?!\p{L})/u.test(
    folded,
  )
    ? 0.6
    : 0;
}

/** Two capitalised words in a row, not counting the first word of the sentence. */
const hasName = (sentence: string): boolean =>
  /(?<=\S\s+)\p{Lu}[\p{L}.'’-]*\s+(?:(?:van|von|de|der|den|da|bin|al)\s+)*\p{Lu}\p{Ll}/u.test(sentence) ||
  /^\p{Lu}\p{Ll}+\s+\p{Lu}\p{Ll}+/u.test(sentence);

const MONEY_ASKED =
  /(?<!\p{L})(money|cost|costs|price|prices|budget|salary|pay|fee|fees|allowance|kostet|kosten|preis|gehalt|prix|coute|cout|precio|cuesta|costo|prezzo|стоит|цена)(?!\p{L})|多少钱|费用|价格|いくら|費用|料金|얼마|कीमत/u;
const MONEY =
  /[$€£¥₹₽₩元円원]|(?<!\p{L})(?:euros?|eur|usd|gbp|chf|dollars?|pounds?|rupees?|yen|yuan|rmb|inr|jpy|cny|rub)(?!\p{L})/u;

/** 1 when a sum of money is asked for and held, 0.5 when asked for and not held, else 1. */
export function moneyFactor(question: string, sentence: string): number {
  return MONEY_ASKED.test(foldText(question)) && !MONEY.test(foldText(sentence)) ? 0.5 : 1;
}

/** The stem of what is counted: "day" in "How many vacation days", from the words of the question. Null elsewhere. */
export function countedStem(question: string): string | null {
  const match =
    /(?:how many|wie ?viele?|combien d[e'’]|cu[aá]nt[oa]s|quant[ie]|quant[oa]s|hoeveel|hur många|hvor mange)\s+/iu.exec(
      question,
    );
  if (!match) return null;
  return termsOf(question.slice(match.index + match[0].length))[0]?.stem ?? null;
}

/** Whether a number stands right before what is counted, with at most two words between: "28 days", "three paid days". */
export function countsOf(words: readonly Term[], stem: string): boolean {
  return words.some(
    (word, at) =>
      (/^\p{Nd}/u.test(word.word) || NUMBER_WORDS.test(word.word)) &&
      words.slice(at + 1, at + 4).some((next) => next.stem === stem),
  );
}
