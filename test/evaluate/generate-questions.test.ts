import { describe, expect, test } from 'vitest';
import {
  type DocumentContent,
  type GeneratedQuestion,
  generateQuestions,
} from '../../src/evaluate/generate-questions.ts';

const documentOf = (path: string, more: Partial<DocumentContent>): DocumentContent => ({
  path,
  title: '',
  headings: [],
  sentences: [],
  ...more,
});
const questionsOf = (sentence: string) =>
  generateQuestions([documentOf('a.md', { sentences: [sentence] })], { limit: 9 });

describe('questions without a model', () => {
  test('titles and headings that only one document has become questions', () => {
    const made = generateQuestions(
      [
        documentOf('a.md', { title: 'Leave policy', headings: ['Leave policy', 'Parental leave', 'See also'] }),
        documentOf('b.md', { title: 'Travel', headings: ['See also', 'Night trains', 'src/main.ts', 'notes old.md'] }),
      ],
      { limit: 9 },
    );
    expect(made.map(({ kind, question, paths }) => `${kind} ${paths[0]} ${question}`).sort()).toEqual([
      'heading a.md Parental leave',
      'heading b.md Night trains',
      'title a.md Leave policy',
    ]);
  });

  test.each<[string, Partial<GeneratedQuestion>]>([
    [
      'A Heron mast is the aluminium tube that carries the antenna.',
      { kind: 'definition', question: 'What is a Heron mast?' },
    ],
    [
      'Journeys above 500 euros need approval by the head of finance.',
      {
        kind: 'figure',
        question: 'Journeys above how much need approval by the head of finance?',
        answer: '500 euros',
      },
    ],
    [
      'Each parent has 26 weeks of parental leave on full pay.',
      { kind: 'figure', question: 'Each parent has how many weeks of parental leave on full pay?', answer: '26 weeks' },
    ],
    [
      'Every repair of the warranty board must be approved by Yusuf Albrektsen himself.',
      {
        kind: 'person',
        question: 'Every repair of the warranty board must be approved by whom himself?',
        answer: 'Yusuf Albrektsen',
      },
    ],
  ])('%s', (sentence, expected) => {
    const [question] = questionsOf(sentence);
    expect(question).toMatchObject(expected);
    expect(question?.passages).toEqual([sentence]);
  });

  test('a heading that says little comes with its title, without its number', () => {
    const headings = ['1.2 Later notes', '3 Mounting a mast', 'Handbook of masts (QS-1)'];
    const made = generateQuestions([documentOf('a.md', { title: 'Handbook of masts', headings })], { limit: 9 });
    expect(made.map(({ question }) => question).sort()).toEqual([
      'Handbook of masts',
      'Handbook of masts: Later notes',
      'Mounting a mast',
    ]);
  });

  test.each([
    'It has 26 weeks of parental leave on full pay.',
    'Up to 10,000 euros she signs.',
    'Außerhalb dieser Zeiten ist der Zutritt nur nach Anmeldung mit 20 Tagen möglich.',
    'const weeks = 26 weeks of the year { return to sender now }',
    'The 3150 euros.',
    'For all of these tools it was decided in the end that 12 hours are enough.',
    'The Otter 2 loses its zero point over months of heavy use.',
    'You may agree with your manager on two or three goals for the year.',
    'Instruments in the field are a different matter, for nobody wants to climb a dam.',
    'The latest version is 3.5 whereas others are still at the one before.',
    '/../security/retention.md) promises twelve years of the daily readings to customers.',
    'The radar module is made by Tannenhof Mikrowellen for all of the instruments.',
  ])('%s makes none', (sentence) => {
    expect(questionsOf(sentence)).toEqual([]);
  });

  test('no more than asked for, the same for the same seed, every document and kind in turn', () => {
    const documents = Array.from({ length: 12 }, (_, i) =>
      documentOf(`${i}.md`, {
        title: `Title number${i}`,
        headings: [`Heading number${i}`, `Another heading${i}`],
        sentences: [`The depot called number${i} has ${i + 2} tanks with diesel for winter roads.`],
      }),
    );
    const made = generateQuestions(documents, { limit: 12, seed: 4 });
    expect(made).toHaveLength(12);
    expect(generateQuestions(documents, { limit: 12, seed: 4 })).toEqual(made);
    expect(generateQuestions(documents, { limit: 12, seed: 5 })).not.toEqual(made);
    expect(new Set(made.map(({ paths }) => paths[0])).size).toBe(12);
    expect(new Set(made.map(({ kind }) => kind))).toEqual(new Set(['title', 'heading', 'figure']));
    expect(new Set(made.map(({ id }) => id)).size).toBe(12);
    expect(generateQuestions(documents, { limit: 0 })).toEqual([]);
    expect(generateQuestions([], { limit: 5 })).toEqual([]);
  });
});
