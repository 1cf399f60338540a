/**
 * The words of a document's file name that its title does not say: who searches for "onboarding" also wants
 * people/onboarding.md, whose title is "Your first weeks". They stand for the document's first passage. Empty for
 * names without a word of three letters, which are numbers or codes. Takes a URI or a path.
 */
export function nameWords(uri: string, title: string): string {
  const name = decoded((/^(?:file|https?):/.test(uri) ? uri.replace(/[?#].*$/, '') : uri).split(/[/\\]/).at(-1) ?? '');
  const stem = name.slice(0, MAX_NAME_LENGTH).replace(/(?<=.)\.[a-z0-9]{1,8}$/i, '');
  if (!/\p{L}{3}/u.test(stem) || isCode(stem)) return '';
  const said = new Set(wordsOf(title));
  return wordsOf(stem)
    .filter((word) => !said.has(word))
    .join(' ');
}

/** File systems allow 255 bytes; a URL may be longer. */
const MAX_NAME_LENGTH = 255;

/** Hashes and identifiers, which nobody searches by word. */
const isCode = (stem: string): boolean => /^[0-9a-f]{16,}$|^[0-9a-f-]{36}$/i.test(stem);

const wordsOf = (text: string): string[] =>
  (text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).map((word) => word.toLowerCase());

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    // A percent sign that encodes nothing is a part of the name.
    return name;
  }
}
