import { describe, expect, test } from 'vitest';
import type { EntityKind } from '../../src/graph/entity-kinds.ts';
import { comparedWords, jaroWinkler, MIN_WORD_SIMILARITY, nameSimilarity } from '../../src/graph/name-similarity.ts';
import { normalizeName } from '../../src/graph/normalize-name.ts';

/** Labelled by hand: whether two names of one kind, said beside the same third name, are the same thing. */
const pairs: readonly (readonly [kind: EntityKind, a: string, b: string, isSame: boolean])[] = [
  ['person', 'Jonathan Meyer', 'Jonathon Meyer', true],
  ['person', 'Fyodor Dostoevsky', 'Fyodor Dostoyevsky', true],
  ['person', 'Pyotr Tchaikovsky', 'Pyotr Tschaikovsky', true],
  ['person', 'Anna Brockdorff', 'Anna Brockdorf', true],
  ['person', 'Nadia Petrosyan-Hale', 'Nadia Petrossyan Hale', true],
  ['person', 'Mikhail Gorbachev', 'Mikhail Gorbatchev', true],
  ['organisation', 'World Health Organization', 'World Health Organisation', true],
  ['organisation', 'Acme Corp', 'Acme Corporation', true],
  ['organisation', 'Acme Rail Ltd', 'Acme Rail Limited', true],
  ['organisation', 'National Theatre Company', 'National Theater Co', true],
  ['organisation', 'Labour Movement Council', 'Labor Movement Council', true],
  ['organisation', 'OpenAI Research', 'Open AI Research', true],
  ['organisation', 'Quillmoor Instruments', 'Quilmoor Instruments', true],
  ['organisation', 'Microsoft Research', 'Micrsoft Research', true],
  ['product', 'Analytical Engine', 'Analytical Engines', true],
  ['product', 'Data-Centre Gateway', 'Data Center Gateway', true],
  ['name', 'Kubernetes Operator', 'Kuberentes Operator', true],
  ['name', 'Elasticsearch', 'Elastic Search', true],
  ['name', 'Elasticsearch', 'Elasticseach', true],
  ['name', 'Azerbaijan Airways', 'Azerbaidjan Airways', true],
  ['person', 'John Smith', 'Joan Smith', false],
  ['person', 'John Smith', 'John Smyth', false],
  ['person', 'Anna Schmidt', 'Anna Schmitt', false],
  ['person', 'Martin Keller', 'Martina Keller', false],
  ['person', 'Christian Bauer', 'Christina Bauer', false],
  ['person', 'Alexander Wolf', 'Alexandra Wolf', false],
  ['person', 'Andrea Conti', 'Andreas Conti', false],
  ['person', 'Francis Bacon', 'Frances Bacon', false],
  ['person', 'Stephen King', 'Stephen Kings', false],
  ['person', 'Katherine Jones', 'Catherine Jones', false],
  ['person', 'Hans Meier', 'Hans Meyer', false],
  ['person', 'Peter Hansen', 'Peter Jansen', false],
  ['person', 'Michael Johnson', 'Michelle Johnson', false],
  ['person', 'George Bush', 'George W Bush', false],
  ['place', 'Austria', 'Australia', false],
  ['place', 'Slovakia', 'Slovenia', false],
  ['place', 'North Korea', 'South Korea', false],
  ['place', 'Iran', 'Iraq', false],
  ['place', 'Stanford Hill', 'Stafford Hill', false],
  ['organisation', 'Northern Region Council', 'Southern Region Council', false],
  ['organisation', 'County Court', 'Country Court', false],
  ['organisation', 'University of Newcastle', 'University of New South Wales', false],
  ['product', 'Windows 10', 'Windows 11', false],
  ['product', 'Heron 3', 'Heron 4', false],
  ['product', 'Sandpiper 4', 'Sandpiper 14', false],
  ['product', 'iPhone 6', 'iPhone 6s', false],
  ['name', 'INV-204', 'INV-205', false],
  ['name', 'Version 1.2', 'Version 1.3', false],
  ['name', 'Building A', 'Building B', false],
  ['name', 'Team Tern', 'Team Teal', false],
  ['name', 'Employee Handbook', 'Employer Handbook', false],
  ['name', 'Sales Contract', 'Sales Contractor', false],
  ['name', 'Data Protection', 'Data Projection', false],
  ['name', 'Intranet', 'Internet', false],
  ['name', 'Import Desk', 'Export Desk', false],
  ['name', 'Hypertension Clinic', 'Hypotension Clinic', false],
  ['name', 'Upstream Service', 'Downstream Service', false],
  ['place', 'Christ Church', 'Christchurch', false],
  ['event', 'Super Bowl XXXVIII', 'Super Bowl XXVIII', false],
  ['concept', 'interpolation', 'extrapolation', false],
  ['event', 'First World War', 'Second World War', false],
  ['event', 'Summer Festival 2023', 'Summer Festival 2024', false],
];
/** The same, but not near enough to be told from names that are not. */
const missed = new Set(['Fyodor Dostoyevsky', 'Pyotr Tschaikovsky', 'Elastic Search']);
const similarity = ([kind, a, b]: (typeof pairs)[number]): number =>
  nameSimilarity(normalizeName(a), normalizeName(b), kind);

describe('labelled pairs', () => {
  test.each(pairs)('%s: %s and %s: %s', (...pair) => {
    expect(similarity(pair) > 0).toBe(pair[3] && !missed.has(pair[2]));
    const [kind, a, b, isSame] = pair;
    expect(similarity([kind, b, a, isSame])).toBe(similarity(pair));
  });

  test('the threshold is the lowest that takes no two of them for one, by the words that differ', () => {
    const differing = (name: string, other: string): string | undefined => {
      const others = comparedWords(normalizeName(other));
      return comparedWords(normalizeName(name)).find((word) => !others.includes(word));
    };
    const wordSimilarity = ([, a, b]: (typeof pairs)[number]): number => {
      const [x, y] = [differing(a, b), differing(b, a)];
      return x && y && x.at(-1) === y.at(-1) && x.length > 5 && !/\d/.test(x + y) ? jaroWinkler(x, y) : 0;
    };
    const same = pairs.filter((pair) => pair[3] && pair[0] === 'person' && !missed.has(pair[2])).map(wordSimilarity);
    const other = pairs.filter((pair) => !pair[3] && pair[0] === 'person').map(wordSimilarity);
    expect(Math.min(...same)).toBeGreaterThanOrEqual(MIN_WORD_SIMILARITY);
    expect(Math.max(...other)).toBeLessThan(MIN_WORD_SIMILARITY);
    expect(Math.max(...other)).toBeGreaterThan(MIN_WORD_SIMILARITY - 0.01);
  });
});

test('Jaro-Winkler gives what its author printed', () => {
  expect(jaroWinkler('martha', 'marhta')).toBeCloseTo(0.961, 3);
  expect(jaroWinkler('dwayne', 'duane')).toBeCloseTo(0.84, 3);
  expect(jaroWinkler('dixon', 'dicksonx')).toBeCloseTo(0.813, 3);
  expect(jaroWinkler('same', 'same')).toBe(1);
  expect(jaroWinkler('abc', 'xyz')).toBe(0);
  expect(jaroWinkler('', 'x')).toBe(0);
});
