import type { DocumentConditions } from '../../domain/search.ts';
import { documentType } from './document-type.ts';
import { isoMoment, lastMomentBefore, type Period } from './period.ts';
import { readPeriod } from './read-period.ts';

/** A question about the documents themselves: how many there are, or which. */
export type CatalogueQuestion = {
  readonly asks: 'count' | 'list';
  readonly conditions: DocumentConditions;
  /** Conditions that name something which must be there, or the question means something else: a tag, a folder. */
  readonly named: readonly DocumentConditions[];
  /** Only the first of them by time; absent where all are asked for. */
  readonly first?: Superlative;
};

export type Superlative = {
  readonly order: 'newest' | 'oldest';
  /** What is compared: when documents were changed, or when they were taken in. */
  readonly by: 'changed' | 'added';
  readonly count: number;
};

/** A longer question asks more than this grammar knows. */
const MAX_LENGTH = 200;

const countHead =
  /^(?:how many|count(?: all)?(?: of)?(?: the| my| our)?|(?:what(?: is|'s) )?the (?:total )?number of)\s+/i;
const listHead =
  /^(?:(?:list|show(?: me)?|name|give me)(?: all| every| a list of| the list of)?(?: of)?(?: the| my| our)?|which|what(?: are(?: all)?(?: the| my| our)?)?)\s+/i;

const TYPE_NAMES =
  'pdf|markdown|md|html?|text|txt|csv|docx?|word|xlsx?|excel|pptx?|powerpoint|epub|rtf|odt|ods|odp|json|eml|e-?mail|notebook|ipynb|python|javascript|typescript';
const noun = new RegExp(
  `^(?:(${TYPE_NAMES})\\s+(?:documents?|files?|docs)|(pdf|csv|epub)s|documents|files|docs)(?=\\s|$)`,
  'i',
);

const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const number = `\\d{1,2}|${NUMBERS.join('|')}`;
const SUPERLATIVE =
  'newest|latest|most recent(?:ly (?:changed|modified|updated|edited|added|indexed))?|(?:last|recently) (?:changed|modified|updated|edited|added|indexed)|oldest';
const ONE = `(?:${TYPE_NAMES})|document|file|doc`;
/** "is the newest document", "3 latest PDFs". */
const superlative = new RegExp(
  `^(?:(?:is|are|was|were) )?(?:the |my |our )?(?:(${number}) )?(${SUPERLATIVE}) (?:(${number}) )?(?=(?:${ONE})s?(?:\\s|$))`,
  'i',
);
/** "document is the newest", "file was changed last". */
const superlativeLast = new RegExp(
  `^(${ONE}) (?:is|was) (?:the )?(${SUPERLATIVE}|(?:changed|modified|updated|edited|added|indexed) last)(?=\\s|$)`,
  'i',
);
const singleNoun = new RegExp(
  `^(?:(${TYPE_NAMES})s?(?: (?:document|file|doc)s?)?|(?:document|file|doc)s?)(?=\\s|$)`,
  'i',
);
/** "The newest documents", without a number. */
const FEW = 5;

const name = `"([^"]{1,100})"|#?([\\p{L}\\p{N}][\\p{L}\\p{N}._/-]{0,99})`;
const filler =
  /^(?:(?:are|is)(?: there| in)?(?: the| this| my| our)?(?: database| knowledge base| index| library)?|(?:in|of)(?: the| this| my| our) (?:database|knowledge base|index|library)|does (?:the|this|my|our) (?:database|knowledge base|index|library) (?:have|hold|contain)|(?:do|did) (?:i|you|we) have|have been|has been|were|was|that|which|in total|altogether|indexed|stored)(?=\s|$)/i;
const tagged = new RegExp(
  `^(?:(?:tagged|labell?ed)(?: with| as)?|(?:with|having|have) (?:the )?tag)\\s+(?:${name})(?=\\s|$)`,
  'iu',
);
const inPlace = new RegExp(
  `^(?:in|under|below|from) (?:the )?(?:(collection|folder|directory)\\s+(?:${name})|(?:${name})\\s+(collection|folder|directory))(?=\\s|$)`,
  'iu',
);
const ofType = new RegExp(`^(?:of(?: the)? type|in)\\s+(${TYPE_NAMES})(?:\\s+format)?(?=\\s|$)`, 'i');
const changed =
  /^(?:last )?(?:changed|modified|updated|edited)\s+(?:(in|on|since|before|after|until|till|during|within|from)\s+)?(?:the\s+)?(?=\S)/i;

/** Words that stand before a thing, not for one. */
const notAName =
  /^(?:a|an|any|each|every|some|this|that|these|those|my|our|your|which|what|same|current|about|by|for|it)$/i;

/**
 * Reads "how many PDFs are there", "which documents were changed this month", "list documents tagged x". Null for
 * every question that has one word more than the grammar knows: it is then about what the documents say.
 */
export async function readCatalogueQuestion(text: string, now: number): Promise<CatalogueQuestion | null> {
  if (text.length > MAX_LENGTH) return null;
  let rest = text
    .trim()
    .replace(/[\s?.!]+$/, '')
    .replace(/\s+/g, ' ');
  const asks = countHead.test(rest) ? 'count' : listHead.test(rest) ? 'list' : null;
  if (!asks) return null;
  rest = rest.replace(asks === 'count' ? countHead : listHead, '');
  const turned = asks === 'list' ? superlativeLast.exec(rest) : null;
  if (turned) rest = `${turned[2]} ${turned[1]}${rest.slice(turned[0].length)}`.replace(/^(\w+) last /i, 'last $1 ');
  const most = asks === 'list' ? superlative.exec(rest) : null;
  if (most) rest = rest.slice(most[0].length);
  const what = (most ? singleNoun : noun).exec(rest);
  if (!what) return null;
  const first = most ? superlativeOf(most, what[0]) : null;
  rest = rest.slice(what[0].length).trim();
  const type = what[1] ?? what[2];
  const own: { types?: string[]; since?: string; until?: string } = type ? { types: [typeOf(type)] } : {};
  const named: DocumentConditions[] = [];
  while (rest !== '') {
    const skipped = filler.exec(rest);
    const label = tagged.exec(rest);
    const place = inPlace.exec(rest);
    const kind = ofType.exec(rest);
    const change = changed.exec(rest);
    if (label) {
      const tag = (label[1] ?? label[2]) as string;
      if (notAName.test(tag)) return null;
      named.push({ tags: [tag] });
      rest = rest.slice(label[0].length).trim();
    } else if (place) {
      const word = (place[1] ?? place[6]) as string;
      const value = (place[2] ?? place[3] ?? place[4] ?? place[5]) as string;
      if (notAName.test(value)) return null;
      named.push(/collection/i.test(word) ? { collections: [value] } : { paths: [value] });
      rest = rest.slice(place[0].length).trim();
    } else if (kind && !own.types) {
      own.types = [typeOf(kind[1] as string)];
      rest = rest.slice(kind[0].length).trim();
    } else if (change && !own.since && !own.until) {
      const after = rest.slice(change[0].length);
      const when = await readPeriod(after, now);
      if (!when) return null;
      Object.assign(own, boundsOf((change[1] ?? '').toLowerCase(), when.period));
      rest = after.slice(when.length).trim();
    } else if (skipped) {
      rest = rest.slice(skipped[0].length).trim();
    } else {
      return null;
    }
  }
  return { asks, conditions: own, named, ...(first ? { first } : {}) };
}

function superlativeOf([, before, word = '', after]: RegExpExecArray, noun: string): Superlative {
  const written = (before ?? after)?.toLowerCase();
  const count = written === undefined ? (/s$/i.test(noun) ? FEW : 1) : NUMBERS.indexOf(written) + 1 || Number(written);
  return {
    order: /^oldest/i.test(word) ? 'oldest' : 'newest',
    by: /added|indexed/i.test(word) ? 'added' : 'changed',
    count,
  };
}

const typeOf = (text: string): string => documentType(text.replace('-', ''));

function boundsOf(preposition: string, { first, after }: Period): DocumentConditions {
  if (preposition === 'since') return { since: isoMoment(first) };
  if (preposition === 'after') return { since: isoMoment(after) };
  if (preposition === 'before') return { until: lastMomentBefore(first) };
  if (preposition === 'until' || preposition === 'till') return { until: lastMomentBefore(after) };
  return { since: isoMoment(first), until: lastMomentBefore(after) };
}
