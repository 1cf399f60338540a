import { describe, expect, test } from 'vitest';
import { createSentenceJudge } from '../../../src/answer/check/create-sentence-judge.ts';
import { libraryOf } from '../hits.ts';

const library = libraryOf([
  {
    title: 'Travel policy 2026',
    text: `Employees must book flights at least 14 days before departure. Business class is not allowed on flights of less than nine hours. Claims are paid within 30 days of the journey. The head of finance, Ada Lovelace, approves every trip above 1,500 euros. Hotel costs rose by 12.5 percent between 2019 and 2021. The travel desk in Berlin opens at 9:00.`,
  },
  {
    title: 'Pumps',
    text: `The XR-7000 pump was bought on 3 May 2024. It replaced the XR-5000, which failed in the flood. Without a filter the pump stops after two hours. Smoking is prohibited in the cellar. Only Grace Hopper has the key to the valve room.`,
  },
  {
    title: 'Zahlen',
    text: 'Der Urlaub beträgt 30 Tage im Jahr. Resturlaub verfällt nicht vor dem 31. März 2027. Überstunden werden bezahlt.',
  },
  { title: '休暇', text: '年次有給休暇は25日です。申請は不要ではありません。' },
  { title: 'Prices', text: '| Model | Price |\n|---|---|\n| XR-7000 | 4,200 EUR |\n| XR-5000 | 3,100 EUR |\n' },
]);
const judge = createSentenceJudge({ question: 'What does Quillmoor say?', ...library });
const labelOf = (text: string, ...markers: number[]): string => judge({ text, kind: 'sentence', markers }).label;

describe('true sentences in other words', () => {
  test.each([
    ['Flights must be booked 14 days or more before departure.', 1],
    ['You have to book your flights at least two weeks before departure.', 1],
    ['Claims get paid within thirty days of the journey.', 1],
    ['Trips above €1500 are approved by Ada Lovelace, the head of finance.', 1],
    ['Ada Lovelace approves every trip over 1 500 EUR.', 1],
    ["Business class isn't allowed on flights of less than nine hours.", 1],
    ['From 2019 to 2021, hotel costs increased by 12.5%.', 1],
    ['The travel desk opens at 9 am in **Berlin**.', 1],
    ['According to the documents, claims are paid within 30 days of the journey.', 1],
    ['The pump (XR-7000) was bought on 2024-05-03.', 2],
    ['On May 3rd, 2024, the XR-7000 pump was bought.', 2],
    ['The pump stops after 2 hours without a filter.', 2],
    ['Smoking is not allowed in the cellar.', 2],
    ['Der Urlaub beträgt dreißig Tage im Jahr.', 3],
    ['Resturlaub verfällt nicht vor dem 31.03.2027.', 3],
    ['年次有給休暇は２５日です。', 4],
    ['- **Flights:** book them no later than two weeks before departure.', 1],
    ['Ada Lovelace, who heads finance, has to approve every trip that costs more than 1,500 euros.', 1],
    ['Hotel costs rose by 12.5%, which is a lot, between 2019 and 2021.', 1],
    ['The XR-5000 failed in the flood and was replaced by the XR-7000.', 2],
    ['Quillmoor must book flights at least 14 days before departure.', 1],
  ])('%s', (text, marker) => expect(['supported', 'partly']).toContain(labelOf(text, marker)));
});

describe('sentences with one thing changed', () => {
  test.each([
    ['Flights must be booked at least 10 days before departure.', 1],
    ['Flights must be booked at least 14 weeks before departure.', 1],
    ['Employees must book flights at most 14 days before departure.', 1],
    ['Employees must book flights at least 14 days after departure.', 1],
    ['Employees must not book flights at least 14 days before departure.', 1],
    ['Business class is allowed on flights of less than nine hours.', 1],
    ['Claims are paid within 45 days of the journey.', 1],
    ['Claims are never paid within 30 days of the journey.', 1],
    ['The head of finance, Grace Hopper, approves every trip above 1,500 euros.', 1],
    ['The head of finance, Ada Byron, approves every trip above 1,500 euros.', 1],
    ['The head of finance, Ada Lovelace, approves every trip above 15,000 euros.', 1],
    ['The head of finance, Ada Lovelace, approves every trip above 1,500 dollars.', 1],
    ['Hotel costs fell by 12.5 percent between 2019 and 2021.', 1],
    ['Hotel costs rose by 12.5 percent between 2019 and 2022.', 1],
    ['The travel desk in Hamburg opens at 9:00.', 1],
    ['The travel desk in Berlin opens at 9:30.', 1],
    ['The XR-9000 pump was bought on 3 May 2024.', 2],
    ['The XR-7000 pump was bought on 5 May 2024.', 2],
    ['With a filter the pump stops after two hours.', 2],
    ['Smoking is permitted in the cellar.', 2],
    ['Der Urlaub beträgt 28 Tage im Jahr.', 3],
    ['Resturlaub verfällt vor dem 31. März 2027.', 3],
    ['Überstunden werden nicht bezahlt.', 3],
    ['年次有給休暇は20日です。', 4],
  ])('%s', (text, marker) => expect(['unsupported', 'contradicted']).toContain(labelOf(text, marker)));
});

test('what the passage says in the place of a wrong fact is told', () => {
  const reasons = (text: string) => judge({ text, kind: 'sentence', markers: [1] }).reasons;
  expect(reasons('Claims are paid within 45 days of the journey.')).toEqual([
    { kind: 'number', what: '45 days', instead: '30 days' },
  ]);
  expect(reasons('The head of finance, Grace Hopper, approves every trip above 1,500 euros.')).toEqual([
    { kind: 'name', what: 'Grace Hopper', instead: 'Ada Lovelace' },
  ]);
});

test('a name that the passage gives to something else is found in the wrong place', () => {
  const two = libraryOf(['Gwendolyn Marchbank retires in June. Emrys Tolland takes over her post.']);
  const { label } = createSentenceJudge({ question: '', ...two })({
    text: 'Emrys Tolland retires in June.',
    kind: 'sentence',
    markers: [1],
  });
  expect(label).toBe('contradicted');
});

test('a true sentence that cites another passage is not supported', () => {
  expect(labelOf('Claims are paid within 30 days of the journey.', 2)).toBe('unsupported');
  expect(labelOf('Claims are paid within 30 days of the journey.', 1, 2)).toBe('supported');
});

test('without a citation all passages may bear a sentence out', () => {
  expect(labelOf('Claims are paid within 30 days of the journey.')).toBe('supported');
  expect(labelOf('Zebras migrate across Tanzania each winter.')).toBe('unsupported');
});

test('an older copy of a passage contradicts nothing that the newer one says', () => {
  const copies = libraryOf(['Leave is 16 weeks on full pay.', 'Leave is 26 weeks on full pay.']);
  const { label } = createSentenceJudge({ question: '', ...copies })({
    text: 'Leave is 26 weeks on full pay.',
    kind: 'sentence',
    markers: [1, 2],
  });
  expect(label).toBe('supported');
});

test('rows of a table are judged by their cells', () => {
  const row = (text: string) => judge({ text, kind: 'table-row', markers: [5] }).label;
  expect(row('| XR-7000 | 4,200 EUR |')).toBe('supported');
  expect(row('| XR-7000 | 3,900 EUR |')).toBe('contradicted');
});

test('what one sentence denies is not denied of what the next one speaks of', () => {
  const text = `Journeys within the country of your office need no approval. Journeys abroad are approved by your head of department, and journeys that cost more than 4,000 euros in total also by Grace Hopper.`;
  const judgeJourneys = createSentenceJudge({ question: 'Who approves?', ...libraryOf([{ title: 'Travel', text }]) });
  const sentence = 'Trips abroad need the approval of your head of department.';
  expect(judgeJourneys({ text: sentence, kind: 'sentence', markers: [1] }).label).toBe('supported');
});

test('an answer in another language than its passages is judged by its facts alone', () => {
  const english = libraryOf([
    `The pump was bought by Ada Lovelace in 2019. ${'It is in the cellar and it is red. '.repeat(12)}`,
  ]);
  const own = createSentenceJudge({ question: '', ...english });
  const of = (text: string) => own({ text, kind: 'sentence', markers: [1] }).label;
  expect(of('Die Pumpe wurde im Jahr 2019 von Ada Lovelace für die Firma gekauft.')).toBe('partly');
  expect(of('Die Pumpe wurde im Jahr 2021 von Ada Lovelace für die Firma gekauft.')).toBe('unsupported');
});
