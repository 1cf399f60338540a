/** A longer question asks more than what one document says. */
const MAX_LENGTH = 300;

const name = '(?<name>\\S.{0,199}?)';
const the = '(?:the |this |my |our )?(?:document |file |page |note )?';

const FORMS: readonly RegExp[] = [
  new RegExp(`^(?:please )?(?:summari[sz]e|recap|sum up|tl;?dr:?)(?: of| for)? ${the}${name}$`, 'i'),
  new RegExp(
    `^(?:(?:please )?(?:give|write|show)(?: me)? |what(?: is|'s) )?(?:a |an |the )?(?:short |brief |quick )?(?:summary|overview|outline|gist|abstract) of ${the}${name}$`,
    'i',
  ),
  new RegExp(`^what does ${the}${name} (?:say|contain|cover|describe|state)$`, 'i'),
  new RegExp(`^what(?: is|'s) ${the}${name} about$`, 'i'),
  new RegExp(`^what(?: is|'s) in ${the}${name}$`, 'i'),
];

/**
 * The name of what a question asks the whole of: "summarize X", "what does X say", "what is X about", "an overview of X".
 * Null for any other question. Whether X is a document is for the caller to know.
 */
export function readDocumentQuestion(text: string): string | null {
  const asked = text
    .trim()
    .replace(/[\s?!]+$/, '')
    .replace(/(?<!\.\w{1,5})\.$/, '')
    .replace(/\s+/g, ' ');
  if (asked.length > MAX_LENGTH) return null;
  for (const form of FORMS) {
    const found = form.exec(asked)?.groups?.name;
    if (found) return found.replace(/^["'“”‘’]+|["'“”‘’]+$/g, '').trim() || null;
  }
  return null;
}
