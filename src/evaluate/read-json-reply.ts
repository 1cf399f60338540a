/** A reply that is longer is no verdict. In UTF-16 units. */
const MAX_REPLY_LENGTH = 200_000;

/** Places where an object may begin that are tried: prose before it may hold braces of its own. */
const MAX_STARTS = 50;

/**
 * The JSON object in what a model replied: bare, in a code fence, or with words around it; the first that can be read.
 * Commas before a closing bracket are forgiven. Null when there is none.
 */
export function readJsonReply(reply: string): Readonly<Record<string, unknown>> | null {
  const text = reply.slice(0, MAX_REPLY_LENGTH);
  let start = text.indexOf('{');
  for (let tries = 0; start >= 0 && tries < MAX_STARTS; tries++) {
    const end = endOfObject(text, start);
    const value = end < 0 ? undefined : parse(text.slice(start, end));
    if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
    start = text.indexOf('{', start + 1);
  }
  return null;
}

function parse(text: string): unknown {
  for (const candidate of [text, text.replace(/,(?=\s*[}\]])/g, '')]) {
    try {
      return JSON.parse(candidate);
    } catch {
      // The next candidate, or no JSON.
    }
  }
  return undefined;
}

/** Where the object that begins at `start` ends, braces in strings not counted; -1 when it does not. */
function endOfObject(text: string, start: number): number {
  let depth = 0;
  let isString = false;
  for (let i = start; i < text.length; i++) {
    const character = text[i];
    if (isString) {
      if (character === '\\') i++;
      else if (character === '"') isString = false;
    } else if (character === '"') isString = true;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return i + 1;
  }
  return -1;
}

/** What models write for yes and no; null for anything else. */
export function readVerdict(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  if (value === 1 || value === 0) return value === 1;
  if (typeof value !== 'string') return null;
  const word = value.trim().toLowerCase();
  if (['true', 'yes', '1', 'supported'].includes(word)) return true;
  return ['false', 'no', '0', 'unsupported'].includes(word) ? false : null;
}
