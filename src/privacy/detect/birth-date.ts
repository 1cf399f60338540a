import { isDay } from '../checksums/calendar-day.ts';
import type { Detector, Finding } from '../types.ts';

/** Words after which a date is a day of birth, with what may stand between. */
const WORDS =
  /(?<![\p{L}\p{N}])(?:born|date[ _-]of[ _-]birth|birth[ _-]?date|birthday|d\.?o\.?b\.?|geboren|geb\.|geburtsdatum|geburtstag|n[ée]e? le|date[ _-]de[ _-]naissance|naissance|nacid[oa]|fecha[ _-]de[ _-]nacimiento|nacimiento|nat[oa] il|nat[oa]|data di nascita|nascid[oa]|data de nascimento|geboortedatum|urodzon[ya]|data urodzenia|f[öø]dd?|f[öø]delsedato|f[öø]delsedatum|дата рождения|родил(?:ся|ась)|出生日期|出生|生年月日|생년월일)(?![\p{L}\p{N}])["']?[ \t:=,|"'\\-]{0,8}(?:on|am|le|il|el|em|den|dnia|the|is|ist|was|war|es|est|è|é)?[ \t:]{0,3}["']?/giu;

const MONTHS =
  'jan(?:uary|uar|vier|vrier)?|feb(?:ruary|ruar)?|f[ée]vr(?:ier)?|mar(?:ch|s|zo)?|märz|maart|apr(?:il|ile)?|avril|abril|ma[iy]|mayo|maggio|mei|june?|juni|juin|junio|giugno|jul[yi]|juli|juillet|julio|luglio|aug(?:ust|ustus)?|août|agosto|sept?(?:ember|embre|iembre)?|setembro|settembre|o[ck]t(?:ober|obre|ubre)?|outubro|ottobre|nov(?:ember|embre|iembre|embro)?|de[cz](?:ember|embre|embro)?|d[ée]cembre|diciembre|dicembre|januari|februari|enero|febrero|gennaio|febbraio|janeiro|fevereiro|março';
const DATE = new RegExp(
  `(?:(\\d{4})[-./](\\d{1,2})[-./](\\d{1,2})|(\\d{1,2})[-./](\\d{1,2})[-./](\\d{4}|\\d{2})|\\d{1,2}(?:st|nd|rd|th|er|\\.|º)?[ ](?:de |of )?(?:${MONTHS})\\.?,?[ ](?:de )?\\d{4}|(?:${MONTHS})\\.?[ ]\\d{1,2}(?:st|nd|rd|th)?,?[ ]\\d{4}|\\d{4}年\\d{1,2}月\\d{1,2}日|\\d{4}년 ?\\d{1,2}월 ?\\d{1,2}일)(?![\\p{L}\\p{N}])`,
  'iuy',
);

/** Days of birth: dates that a word right before them calls so. */
export const birthDate: Detector = {
  kind: 'birth-date',
  *detect(text): Generator<Finding> {
    for (const match of text.matchAll(WORDS)) {
      const start = match.index + match[0].length;
      DATE.lastIndex = start;
      const date = DATE.exec(text);
      if (!date || !isPossible(date)) continue;
      const span = { start, end: start + date[0].length };
      yield {
        kind: 'birth-date',
        rule: 'birth-date',
        span,
        value: date[0].toLowerCase().replace(/\s+/g, ' '),
        confidence: 0.9,
      };
    }
  },
};

function isPossible([, year, month, day, first, second]: RegExpExecArray): boolean {
  if (year !== undefined) return isDay(Number(month), Number(day));
  if (first === undefined) return true;
  return isDay(Number(second), Number(first)) || isDay(Number(first), Number(second));
}
