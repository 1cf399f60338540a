import { describe, expect, test } from 'vitest';
import { extractAnswer, renderExtracts } from '../../src/answer/extract-answer.ts';
import { libraryOf, type Passage, randomText, seededRandom } from './hits.ts';

const extract = (question: string, passages: readonly (Passage | string)[]) =>
  extractAnswer({ question, ...libraryOf(passages) });
const answer = (question: string, ...passages: (Passage | string)[]) => renderExtracts(extract(question, passages));

describe('the sentence that answers comes first', () => {
  test.each([
    [
      'How many days of vacation do I get?',
      'Vacation is requested in the portal. Full-time employees receive 28 days of paid vacation per year. Vacation may be split.',
      'Full-time employees receive 28 days of paid vacation per year. [1]',
    ],
    [
      'When was the company founded?',
      'The company makes pumps. The company was founded in Port Ellery on 14 May 2009. Its founders still own it.',
      'The company was founded in Port Ellery on 14 May 2009. [1]',
    ],
    [
      'Wie hoch ist das Bußgeld?',
      'Das Bußgeld ist verbindlich. Das Bußgeld beträgt 35 Euro.',
      'Das Bußgeld beträgt 35 Euro. [1]',
    ],
    ['年假有多少天？', '年假需要提前申请。员工每年享有二十五天年假。病假另行规定。', '员工每年享有二十五天年假。 [1]'],
    [
      '残業の上限は何時間ですか？',
      '残業には申請が必要です。残業の上限は月45時間です。',
      '残業の上限は月45時間です。 [1]',
    ],
    ['कार्यालय कब खुलता है?', 'कार्यालय पुणे में है। कार्यालय सुबह 8 बजे खुलता है।', 'कार्यालय सुबह 8 बजे खुलता है। [1]'],
    [
      'متى يفتح المكتب؟',
      'المكتب في المدينة القديمة. يفتح المكتب الساعة 08:30 صباحا.',
      'يفتح المكتب الساعة 08:30 صباحا. [1]',
    ],
  ])('%s', (question, passage, first) => expect(answer(question, passage).startsWith(first)).toBe(true));
});

test('a sentence that points back brings the one before it', () => {
  const text = 'Team Tern owns the upload gateway and the queue. Ravi Deshmukh leads it. The canteen opens at noon.';
  expect(answer('Who leads Team Tern?', text)).toBe(
    'Team Tern owns the upload gateway and the queue. [1] Ravi Deshmukh leads it. [1]',
  );
});

test('a question in the text is answered by what follows it, not by itself', () => {
  const text =
    'Can the probe be used in salt water?\nNo, the housing corrodes within weeks.\n\nCan it freeze?\nYes, for a day.';
  expect(answer('Can I use the probe in salt water?', text)).toContain('No, the housing corrodes within weeks. [1]');
});

test('a table row carries the names of its columns, even when the header is in another passage', () => {
  const before = '| City | Phone | Opened |\n|---|---|---|\n| Bonn | 0228 1 | 2001 |\n';
  const row = { before, text: '| Suzhou | 0512 5550 | 2022 |\n| Pune | 020 2214 | 2021 |' };
  const [first] = extract('What is the phone number in Suzhou?', [row]);
  expect(first?.unit.shown).toBe('City: Suzhou; Phone: 0512 5550; Opened: 2022');
  expect(first?.unit.text).toBe('| Suzhou | 0512 5550 | 2022 |');
});

test('a list item carries the line that leads to it', () => {
  const text = 'The following limits apply to travel:\n\n- Hotel: 120 euros a night\n- Taxi: 40 euros a day';
  expect(answer('What is the hotel limit?', text)).toContain('limits apply to travel: Hotel: 120 euros a night [1]');
});

test('a record of a table file is quoted whole', () => {
  const text = 'name, role\nname: Ada Lovelace; role: analyst\nname: Alan Turing; role: cryptographer';
  expect(answer('What is the role of Ada Lovelace?', { text, type: 'csv' })).toMatch(
    /^name: Ada Lovelace; role: analyst \[1\]/,
  );
});

test('the first line of a table file, which names its columns, is no answer', () => {
  const text = 'week, starts, primary\nweek: W10; starts: 2026-03-03; primary: Hana Ueda';
  const rendered = answer('Who is primary in the week that starts on 3 March?', { text, type: 'csv' });
  expect(rendered).toBe('week: W10; starts: 2026-03-03; primary: Hana Ueda [1]');
});

test('headings say what a section is about but are not quoted', () => {
  const text = '## Password rules\n\nAt least 14 characters are needed. It never expires.';
  const rendered = answer('What are the password rules?', { text, headingPath: ['Security', 'Password rules'] });
  expect(rendered).toContain('At least 14 characters are needed.');
  expect(rendered).not.toContain('##');
});

describe('a title alone is no answer', () => {
  test('not in plain text, where only its place tells that it is one', () => {
    const text =
      '2. Project Kittiwake\nYusuf Albrektsen showed the first prototype of Kittiwake, a camera for rivers.\n\n3. Offices\nThe lease was extended.';
    const rendered = answer('What is Project Kittiwake?', { text, type: 'txt' });
    expect(rendered).toMatch(/^Yusuf Albrektsen showed the first prototype of Kittiwake, a camera for rivers\. \[1\]/);
    expect(rendered).not.toContain('Project Kittiwake [1]');
  });

  test('not on a page of a PDF, where it helps what stands below it', () => {
    const text =
      'The gauge – manual\n\nRestoring the factory settings\n\nHold the magnet to the mark for twelve seconds. The readings are kept.\n\nCare\n\nClean the window with a cloth and some water.';
    const rendered = answer('How do I restore the factory settings?', { text, type: 'pdf' });
    expect(rendered).toMatch(/^Hold the magnet to the mark for twelve seconds\. \[1\]/);
    expect(rendered).not.toContain('Restoring');
  });

  test('nor when nothing else is there', () => {
    expect(
      extract('What is Project Kittiwake?', [{ text: '# Project Kittiwake', title: 'Project Kittiwake' }]),
    ).toEqual([]);
  });

  test('short lines that say something are quoted', () => {
    const text =
      'Port Ellery office\n\nThe office has two floors and a yard.\n\nReception: extension 4100\nPorter: extension 4200';
    expect(answer('What is the extension of reception?', { text, type: 'txt' })).toContain(
      'Reception: extension 4100 [1]',
    );
    expect(answer('How many replicas?', { text: 'Overview\n\nKestrel has three replicas', type: 'pptx' })).toContain(
      'Kestrel has three replicas [1]',
    );
  });
});

test('the line with the names of the columns is no answer', () => {
  const text = '| Destination | Hotel at most |\n|---|---|\n| Japan | 165 euros |';
  expect(answer('What is the most for a hotel in each destination?', text)).not.toContain('| Destination');
  expect(answer('What is the hotel limit in Japan?', text)).toBe('Destination: Japan; Hotel at most: 165 euros [1]');
});

describe('JSON is quoted by its members', () => {
  const log =
    '{"id":"INC-1388","duration_minutes":155,"cause":"A limit."}\n{"id":"INC-2041","duration_minutes":97,"cause":"A full disk."}';
  const first = (question: string, text: string) => answer(question, { text, type: 'json' }).split('\n')[0];

  test('with what tells the record', () =>
    expect(first('How many minutes did INC-2041 last?', log)).toBe('id: INC-2041; duration_minutes: 97 [1]'));
  test('with the names around it', () =>
    expect(first('How many replicas does kestrel have?', '{\n  "kestrel": {\n    "replicas": 3\n  }\n}')).toBe(
      'kestrel > replicas: 3 [1]',
    ));
  test('verbatim in the citation', () => {
    const extracts = extract('What was the cause of INC-2041?', [{ text: log, type: 'json' }]);
    expect(extracts.map(({ unit }) => unit.text)).toContain('"cause":"A full disk."');
  });
  test('and not of another record than the one that is named', () => {
    const rendered = answer('How many minutes did INC-2041 last?', { text: log, type: 'json' });
    expect(rendered).not.toContain('INC-1388');
  });
  test('never over several lines', () => {
    const text = `{\n  "description": "${'A durable queue for readings. '.repeat(30)}",\n  "owner": "Team Tern"\n}`;
    for (const { unit } of extract('What is the durable queue for readings?', [{ text, type: 'json' }])) {
      expect(unit.shown).not.toContain('\n');
      expect(unit.shown.length).toBeLessThan(450);
    }
  });
});

test('what is shown has no marks of Markdown, the citation has them', () => {
  const text = '**PIR** (Post-Incident Review): see [the page](pir.md), *without blame.* It names causes.';
  const [best] = extract('What is a PIR?', [text]);
  expect(best?.unit.shown).toBe('PIR (Post-Incident Review): see the page, without blame.');
  expect(best?.unit.text).toBe('**PIR** (Post-Incident Review): see [the page](pir.md), *without blame.*');
});

test('the same sentence in two documents is said once', () => {
  const text = 'The server room is locked at 18:00 every day.';
  expect(extract('When is the server room locked?', [text, text])).toHaveLength(1);
});

test('an answer has at most four sentences and about six hundred characters', () => {
  const text = Array.from(
    { length: 40 },
    (_, i) => `The pump ${'abcdefghij'[i % 10]}${i} in hall ${i} has a valve of size ${i * 7}.`,
  ).join(' ');
  const extracts = extract('What valve does the pump have?', [text, text.replaceAll('hall', 'yard')]);
  expect(extracts.length).toBeLessThanOrEqual(4);
  expect(extracts.reduce((sum, { unit }) => sum + unit.shown.length, 0)).toBeLessThanOrEqual(700);
});

test('nothing is made of nothing', () => {
  expect(extract('???', ['Some text stands here.'])).toEqual([]);
  expect(extract('vacation', [])).toEqual([]);
  expect(extract('zebra', ['The pump was serviced twice.'])).toEqual([]);
  expect(extract('pump', ['', '   \n'])).toEqual([]);
});

test('a question with a book pasted behind it is read in bounded time', () => {
  const started = performance.now();
  extract(`When was the pump bought? ${'Zebra pump 7, '.repeat(100_000)}`, ['The pump was bought in 2019.']);
  expect(performance.now() - started).toBeLessThan(5_000);
});

test('every extract is verbatim, whatever the text', () => {
  const random = seededRandom(11);
  const questions = [
    'When was the pump serviced?',
    '年假有多少天？',
    'How much does Dr. Smith cost?',
    'सूर्य कब उगता है?',
    'item a 1 code',
  ];
  for (let round = 0; round < 80; round++) {
    const passages = Array.from({ length: 1 + Math.floor(random() * 4) }, () => ({
      before: randomText(random, 3),
      text: randomText(random, 12),
      after: randomText(random, 2),
      type: ['md', 'csv', 'code', 'json'][Math.floor(random() * 4)],
    }));
    const library = libraryOf(passages);
    const question = questions[round % questions.length]!;
    for (const { marker, unit } of extractAnswer({ question, ...library })) {
      const { chunk } = library.hits[marker - 1]!;
      expect(library.documentText(chunk.documentId)?.slice(unit.span.start, unit.span.end)).toBe(unit.text);
      expect(unit.span.start).toBeGreaterThanOrEqual(chunk.span.start);
      expect(unit.span.end).toBeLessThanOrEqual(chunk.span.end);
    }
  }
});
