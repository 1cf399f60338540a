/** What a comparison sets side by side. */
export type Sides = readonly [string, string];

const MAX_LENGTH = 300;
const MAX_SIDE_WORDS = 10;

const FORMS: readonly RegExp[] = [
  /\bdifferences? (?:is there )?between (?<a>.+?) and (?<b>.+)$/i,
  /^(?:please )?compare (?<a>.+?) (?:and|with|to|against|versus|vs\.?) (?<b>.+)$/i,
  /^how (?:does|do|is|are) (?<a>.+?) (?:differ(?:ent)?|compared?) (?:from|to|with) (?<b>.+)$/i,
  /^(?:what about |which is better,? )?(?<a>.+?)(?:,)? (?:vs\.?|versus|compared (?:to|with)|in comparison (?:to|with)) (?<b>.+)$/i,
];

/**
 * The two things that a question compares; what only the second side names stands for both: "the 2024 and 2026 leave
 * policy" is "2024 leave policy" and "2026 leave policy". Null where no form fits.
 */
export function comparisonSides(text: string): Sides | null {
  const asked = text
    .trim()
    .replace(/[\s?!.]+$/, '')
    .replace(/\s+/g, ' ');
  if (asked.length > MAX_LENGTH) return null;
  for (const form of FORMS) {
    const { a, b } = form.exec(asked)?.groups ?? {};
    if (!a || !b) continue;
    const [first, second] = [plain(a), plain(b)];
    if (first.length === 0 || second.length === 0) continue;
    if (first.length > MAX_SIDE_WORDS || second.length > MAX_SIDE_WORDS) continue;
    return [[...first, ...sharedBy(first, second)].join(' '), second.join(' ')];
  }
  return null;
}

/** What follows the first word of the second side; a name, and a number behind one, stand for themselves. */
const sharedBy = ([word = '', ...more]: readonly string[], [, ...rest]: readonly string[]): readonly string[] =>
  more.length === 0 && /^[\d\p{Ll}]/u.test(word) && !/^\d/.test(rest[0] ?? '') ? rest : [];

const plain = (side: string): string[] =>
  side
    .replace(/^(?:(?:the|a|an|our|my) )+/i, '')
    .split(' ')
    .filter((word) => word !== '');
