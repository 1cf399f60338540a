import { describe, expect, test } from 'vitest';
import { entityKinds } from '../../src/graph/entity-kinds.ts';
import { extractMentions } from '../../src/graph/extract-mentions.ts';
import { isGerman } from '../../src/graph/german-nouns.ts';
import { entityKeyOf } from '../../src/graph/normalize-name.ts';
import { readGraph } from '../../src/graph/read-graph.ts';
import { relationKinds } from '../../src/graph/relation-kinds.ts';
import { memoryReader } from './memory-reader.ts';

const named = (text: string): string[] => {
  const [chunk] = extractMentions({ text, sections: [], chunks: [{ span: { start: 0, end: text.length } }] });
  return chunk!.mentions.map(({ span, kind }) => `${text.slice(span.start, span.end)}:${kind}`);
};

describe('what names nothing is no entity', () => {
  test.each([
    ['a currency of a table', 'The budget (EUR) of the year, and again in EUR and USD.'],
    ['days and months alone', 'It opens on Mondays, and closes in April and on Friday.'],
    ['languages and peoples alone', 'He spoke English with an American and two Germans.'],
    ['what is said before an answer', "So he said Yeah. And Mm-hmm, Okay, I'd go. Then I'm off, That's it."],
  ])('%s', (_, text) => expect(named(text)).toEqual([]));

  test('two full names that "and" joins are two, and a title with "and the" is one', () => {
    expect(named('then Hana Ueda and Yusuf Albrektsen left')).toEqual(['Hana Ueda:name', 'Yusuf Albrektsen:name']);
    expect(named('he read Harry Potter and the Goblet of Fire')[0]).toMatch(/^Harry Potter and the Goblet of Fire:/);
  });

  test('an article that begins a name inside a sentence is part of it', () => {
    expect(named('she moved to Los Angeles then')).toEqual(['Los Angeles:place']);
    expect(named('we flew to La Paz then')).toEqual(['La Paz:name']);
  });

  test('inside a longer name they stay', () => {
    expect(named('he joined the British Museum after Good Friday Agreement talks')).toEqual([
      'British Museum:organisation',
      'Good Friday Agreement:name',
    ]);
  });

  test('the long form of an abbreviation crosses no cell, bracket or clause, and starts with no function word', () => {
    expect(named('| Budget 2026 (EUR) | Actual 2025 (EUT) |').join()).not.toContain('|');
    expect(named('he came from Peru and la paz (FPLP) once')).not.toContain('from Peru and la paz:concept');
    expect(named('the result in nephelometric turbidity units (NTU)')).toEqual([
      'nephelometric turbidity units:concept',
      'NTU:acronym',
    ]);
  });
});

describe('German', () => {
  const text = `Die Werkstatt in Lübeck ist von Montag bis Freitag geöffnet, und die Schicht beginnt um sechs Uhr. Wer mit dem
Fahrrad kommt, stellt es auf den Parkplatz. Für die Halle braucht man einen Ausweis, den die Schichtleitung in Lübeck
ausgibt. Nach der Schicht wird das Licht gelöscht, und Anna Keller schließt mit Jonas Petersen die Tür.`;

  test('nouns are no names, towns and persons are', () => {
    expect(isGerman(text)).toBe(true);
    const names = named(text).map((each) => each.split(':')[0]);
    expect(names).toEqual(expect.arrayContaining(['Lübeck', 'Anna Keller', 'Jonas Petersen']));
    for (const noun of ['Werkstatt', 'Schicht', 'Fahrrad', 'Parkplatz', 'Halle', 'Ausweis', 'Licht', 'Schichtleitung'])
      expect(names).not.toContain(noun);
  });

  test('English that quotes German words is not German', () => {
    expect(
      isGerman('The sign says "Bitte nicht rauchen", and everyone in the hall knows what it means to a visitor here.'),
    ).toBe(false);
    expect(isGerman('')).toBe(false);
  });
});

describe('kinds', () => {
  const kindIn = (texts: readonly string[], name: string) => {
    const raw = readGraph(memoryReader(texts.map((text, i) => ({ title: `Note ${i}`, text }))));
    return entityKinds[raw.kinds[raw.keys.find(entityKeyOf(name))] as number]?.kind;
  };

  test('a name is of the kind that most of its passages give it, if enough of them give one', () => {
    const plain = Array.from({ length: 10 }, () => 'we like Hollin Castings a lot');
    expect(kindIn([...plain, 'they asked Dr Hollin Castings once'], 'Hollin Castings')).toBe('name');
    expect(kindIn([...plain.slice(0, 3), 'they asked Dr Hollin Castings once'], 'Hollin Castings')).toBe('person');
  });

  test('what a person does tells a person', () => {
    expect(named('and then Oona Haverstock said no')).toEqual(['Oona Haverstock:person']);
    expect(named('and then Reedbed said no')).toEqual(['Reedbed:name']);
  });
});

test('a link is a relation from the document to what it points to', () => {
  const raw = readGraph(
    memoryReader([
      { title: 'Start', text: 'First read [[note-1|this]], then act.' },
      { title: 'How to act', text: 'With care.' },
    ]),
  );
  const found = Array.from({ length: raw.relations.length / 4 }, (_, i) => [
    ...raw.relations.subarray(4 * i, 4 * i + 3),
  ]);
  expect(found).toContainEqual([
    relationKinds.indexOf('links to'),
    raw.keys.find(entityKeyOf('Start')),
    raw.keys.find(entityKeyOf('note-1')),
  ]);
});
