import type { Measure } from './facts.ts';

/** `dimension: factor = words`, words folded. Months and years have no fixed number of days, so they are a dimension of their own. */
const TABLE: readonly (readonly [dimension: string, factor: number, words: string])[] = [
  ['percent', 1, '% percent percentage prozent pourcent procent procento'],
  ['dollar', 1, '$ usd dollar dollars us$'],
  ['euro', 1, '€ eur euro euros'],
  ['pound', 1, '£ gbp'],
  ['yen', 1, '¥ jpy yen'],
  ['franc', 1, 'chf'],
  ['rupee', 1, '₹ inr'],
  ['time', 1e-3, 'ms millisecond milliseconds'],
  ['time', 1, 'seconds sekunde sekunden secondes segundos'],
  ['time', 60, 'min mins minute minutes minuten minuto minutos 分钟'],
  ['time', 3600, 'h hr hrs hour hours stunde stunden heure heures hora horas 小时 時間 시간'],
  ['time', 86_400, 'day days tag tage tagen jour jours dia dias 天'],
  ['time', 604_800, 'week weeks woche wochen semaine semaines semana semanas 周 週間'],
  ['months', 1, 'month months monat monate monaten mois mes meses 个月 ヶ月 か月'],
  ['months', 12, 'year years yr yrs jahr jahre jahren annee annees ans ano anos'],
  ['length', 1e-3, 'mm millimeter millimeters millimetre millimetres'],
  ['length', 1e-2, 'cm centimeter centimeters centimetre centimetres zentimeter'],
  ['length', 1, 'metre metres meter meters metern metros 米'],
  ['length', 1000, 'km kilometre kilometres kilometer kilometers kilometern kilometros 公里'],
  ['feet', 1, 'ft foot feet'],
  ['feet', 5280, 'mile miles'],
  ['inch', 1, 'inch inches'],
  ['mass', 1e-3, 'mg'],
  ['mass', 1, 'gram grams gramm'],
  ['mass', 1000, 'kg kilo kilos kilogram kilograms kilogramm'],
  ['mass', 1e6, 'tonne tonnes'],
  ['bytes', 1, 'byte bytes'],
  ['bytes', 1e3, 'kb'],
  ['bytes', 1e6, 'mb'],
  ['bytes', 1e9, 'gb'],
  ['bytes', 1e12, 'tb'],
  ['celsius', 1, '°c'],
  ['fahrenheit', 1, '°f'],
  ['power', 1, 'watt watts'],
  ['power', 1e3, 'kw'],
  ['power', 1e6, 'mw'],
];

const BY_WORD: ReadonlyMap<string, Measure> = new Map(
  TABLE.flatMap(([dimension, factor, words]) =>
    words.split(' ').map((word): [string, Measure] => [word, { dimension, factor }]),
  ),
);

/** What a folded word or sign behind or before a number says that it counts, null for other words. */
export const measureOf = (word: string): Measure | null => BY_WORD.get(word.replace(/\.$/, '')) ?? null;
