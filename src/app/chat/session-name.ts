const MAX_LENGTH = 48;

/** Of a conversation in which nothing was asked yet. */
export const NEW_SESSION = 'new conversation';

/** What people call a session: the first words of its first question, on one line. */
export function sessionNameOf(question: string): string {
  const line = cleanName(question).replace(/[?!.,;:]+$/, '');
  if (line === '') return NEW_SESSION;
  if (line.length <= MAX_LENGTH) return line;
  const cut = line.slice(0, MAX_LENGTH).replace(/[\ud800-\udbff]$/, '');
  return `${cut.replace(/\s+\S*$/, '') || cut}…`;
}

/** A name on one line, without characters that are not shown. */
export const cleanName = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 200)
    .replace(/[\ud800-\udbff]$/, '');
