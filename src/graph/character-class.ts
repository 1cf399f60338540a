/** What a UTF-16 code unit is to the scanner of names. */
export const CharacterClass = {
  other: 0,
  space: 1,
  newline: 2,
  lower: 3,
  upper: 4,
  digit: 5,
  caseless: 6,
  mark: 7,
} as const;

const PAGE_BITS = 8;
const pages: (Uint8Array | undefined)[] = new Array(256);

/** Class of a code unit. Surrogates are `other`: names in scripts beyond the first plane have no capitals to go by. */
export function classOf(unit: number): number {
  const page = pages[unit >> PAGE_BITS] ?? makePage(unit >> PAGE_BITS);
  return page[unit & 0xff] as number;
}

/** Made when the first character of a page comes up: most texts use two or three pages. */
function makePage(number: number): Uint8Array {
  const page = new Uint8Array(1 << PAGE_BITS);
  for (let i = 0; i < page.length; i++) page[i] = classify(String.fromCharCode((number << PAGE_BITS) | i));
  pages[number] = page;
  return page;
}

function classify(character: string): number {
  if (character === '\n') return CharacterClass.newline;
  if (/\s/.test(character)) return CharacterClass.space;
  if (/[\p{Lu}\p{Lt}]/u.test(character)) return CharacterClass.upper;
  if (/\p{Ll}/u.test(character)) return CharacterClass.lower;
  if (/\p{N}/u.test(character)) return CharacterClass.digit;
  if (/\p{L}/u.test(character)) return CharacterClass.caseless;
  return /\p{M}/u.test(character) ? CharacterClass.mark : CharacterClass.other;
}
