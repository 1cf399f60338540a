import { expect, test } from 'vitest';
import type { Fact } from '../../../src/answer/check/facts.ts';
import { readFacts } from '../../../src/answer/check/read-facts.ts';
import { randomText, seededRandom } from '../hits.ts';

const shown = (fact: Fact): string => {
  if (fact.kind === 'number') return `${fact.values.join('/')}${fact.measure ? ` ${fact.measure.dimension}` : ''}`;
  if (fact.kind === 'date')
    return fact.readings.map((reading) => JSON.stringify(reading).replace(/["{}]/g, '')).join('/');
  return fact.words.map(({ text }) => text).join(' ');
};
const facts = (text: string, kind: Fact['kind']): string[] =>
  readFacts(text)
    .filter((fact) => fact.kind === kind)
    .map(shown);

test.each([
  ['It costs $1,500.25 for 30-day use.', ['1500.25 dollar', '30 time']],
  ['Es kostet 1.500,25 EUR.', ['1500.25 euro']],
  ['It rose from 1,200 to 1 500 units.', ['1200/1.2', '1500']],
  ['About 3.4 billion, or 12.5%.', ['3400000000', '12.5 percent']],
  ['Employees get twenty-five days.', ['25 time']],
  ['Das sind fünfundzwanzig Tage.', ['25 time']],
  ['共25人。', ['25']],
  ['年假有二十五天，一些人有一百零三天。', ['25', '103']],
  ['٤٥ يوما', ['45']],
  ['The 5th of 6½ sacks.', ['5', '6.5']],
  ['One of the best, and once more.', []],
])('the numbers of %s', (text, expected) => expect(facts(text, 'number')).toEqual(expected));

test.each([
  ['On 3 May 2024, at 17:30.', ['day:3,year:2024,month:5', 'minute:1050']],
  ['Am 3. Mai 2024.', ['day:3,year:2024,month:5']],
  ['El 3 de mayo de 2024.', ['day:3,year:2024,month:5']],
  ['On May 3rd, 2024', ['day:3,year:2024,month:5']],
  ['2024-05-03', ['year:2024,month:5,day:3']],
  ['03/05/2024', ['year:2024,month:5,day:3/year:2024,month:3,day:5']],
  ['2024年5月3日', ['year:2024,month:5,day:3']],
  ['From 2019-2021, in FY2018 and the 1990s', ['year:2019', 'year:2021', 'year:2018', 'year:1990']],
  ['You may march on Monday at 2 pm.', ['weekday:1', 'minute:840']],
  ['It has 4 set pieces and 5 pro players.', []],
])('the dates of %s', (text, expected) => expect(facts(text, 'date')).toEqual(expected));

test.each([
  ['Then Ada Lovelace of the University of Oxford left.', ['Ada Lovelace University Oxford']],
  ['Set maxTokens in config_file on XR-7000 (v2.3.1).', ['Set', 'maxTokens', 'config_file', 'XR-7000', 'v2.3.1']],
  ['Then Dr. Smith went.', ['Smith']],
  ['部門はソフトウェアです。', ['ソフトウェア']],
  ['Die Firma ist in der Stadt und nicht auf dem Land.', ['Firma', 'Stadt', 'Land']],
])('the names of %s', (text, expected) => expect(facts(text, 'name')).toEqual(expected));

test('facts stand where they say, in order, and never overlap', () => {
  const random = seededRandom(4);
  for (let round = 0; round < 60; round++) {
    const text = randomText(random, 15);
    let end = 0;
    for (const fact of readFacts(text)) {
      expect(fact.span.start).toBeGreaterThanOrEqual(end);
      expect(fact.span.end).toBeGreaterThan(fact.span.start);
      end = fact.span.end;
    }
  }
});

test('a long run of digits, capitals or marks is read in bounded time', () => {
  for (const piece of ['1', '1,', 'A ', 'A.', '-1', 'a_', 'May ', '. ']) readFacts(piece.repeat(20_000));
});
