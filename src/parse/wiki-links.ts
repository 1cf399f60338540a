/** A note links to a few hundred others at most; an index of a vault to some thousands. */
const MAX_LINKS = 2_000;
const MAX_TAGS = 100;

export type WikiFields = {
  /** Notes that `[[...]]` names, without heading, block and label. */
  readonly links: readonly string[];
  /** Notes and files that `![[...]]` shows. */
  readonly embeds: readonly string[];
  /** `#tag` and `#area/tag` in the text. */
  readonly tags: readonly string[];
};

/**
 * What the text of an Obsidian note (and of other programs with its links) says of itself; null for Markdown without such
 * links, in which a "#word" may be anything. Code is not looked at.
 */
export function wikiFields(text: string): WikiFields | null {
  if (!text.includes('[[')) return null;
  const prose = text.replace(/^(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\1[`~]*[ \t]*$/gm, '').replace(/`[^`\n]*`/g, '');
  const links = new Set<string>();
  const embeds = new Set<string>();
  for (const [, bang, inner = ''] of prose.matchAll(/(!?)\[\[([^[\]\n]{1,300})\]\]/g)) {
    const target = inner.split('|', 1)[0]?.split('#', 1)[0]?.trim();
    if (target) (bang ? embeds : links).add(target);
  }
  if (links.size + embeds.size === 0) return null;
  const tags = new Set<string>();
  for (const [, tag = ''] of prose.matchAll(/(?<![^\s(])#([\p{L}\p{N}_/-]{1,100})/gu)) {
    // A number alone is the number of an issue, not a tag.
    if (/[^\d/]/.test(tag)) tags.add(tag.replace(/\/+$/, ''));
  }
  return {
    links: [...links].slice(0, MAX_LINKS),
    embeds: [...embeds].slice(0, MAX_LINKS),
    tags: [...tags].slice(0, MAX_TAGS),
  };
}
