import { hasSubject } from '../../answer/question-terms.ts';
import { needsConversation } from './needs-conversation.ts';

/** A question that is carried over whole is no longer than this. UTF-16 units. */
const MAX_FORMER = 300;
const MAX_SUBJECT = 80;

const OPENING = /^(?:(?:ok(?:ay)?|so|and|but|also|then|or|und|aber|oder|et|mais|ou|y|pero|e|ma)[\s,]+)+/iu;
const ABOUT =
  /^(?:(?:what|how) about|same (?:for|with)|was ist mit|wie (?:sieht|steht) es mit|qu'en est-il (?:de|des|du)|qué (?:pasa con|hay de))\s+/iu;
const PREPOSITION =
  /^(?:for|in|at|on|with|without|from|to|by|during|after|before|since|until|under|per|für|ohne|bei|mit|pour|sans|para|sin)\b/iu;

/**
 * A follow-up as a question that stands alone, from the question before it (which does): a phrase of the same kind is put
 * in the place of the former one ("for employees" -> "for contractors", 2024 -> 2025), a pronoun gets what the former
 * question was about, anything else stands behind it. Null where the question needs nothing.
 */
export function rewriteByRules(question: string, former: string): string | null {
  const text = question.trim().replace(/\s+/g, ' ');
  const before = former.trim().replace(/\s+/g, ' ').slice(0, MAX_FORMER);
  if (before === '' || !needsConversation(text)) return null;
  const bare = text
    .replace(OPENING, '')
    .replace(ABOUT, '')
    .replace(/[?!.\s]+$/, '');
  const goesOn = bare.length < text.replace(/[?!.\s]+$/, '').length || PREPOSITION.test(bare) || /^\d{4}$/.test(bare);
  if (goesOn && !hasVerb(bare) && hasSubject(bare)) return exchanged(before, bare);
  const subject = subjectOf(before);
  const named = subject === null ? null : withSubject(text.replace(OPENING, ''), subject, before);
  return named ?? `${closed(before)} ${capital(text)}`;
}

const hasVerb = (text: string): boolean =>
  /\b(?:what|which|who|whom|how|when|where|why|is|are|was|were|do|does|did|can|could|may|must|should|shall|will|would|has|have|had)\b/i.test(
    text,
  );

/** The former question with a phrase of the same kind replaced by the new one; behind it where there is none. */
function exchanged(former: string, phrase: string): string {
  const year = /\b(?:19|20)\d\d\b/;
  if (year.test(phrase) && year.test(former) && phrase.replace(year, '').replace(PREPOSITION, '').trim() === '')
    return former.replace(year, year.exec(phrase)?.[0] ?? '');
  const preposition = PREPOSITION.exec(phrase)?.[0];
  const object = preposition ? phrase.slice(preposition.length).trim() : phrase;
  if (preposition) {
    const same = new RegExp(`\\b${preposition}\\s+[^,;?!.]{1,80}?(?=\\s+(?:${JOINTS})\\b|[,;?!.]|$)`, 'iu');
    return same.test(former)
      ? former.replace(same, () => phrase.charAt(0).toLowerCase() + phrase.slice(1))
      : `${open(former)} ${phrase}?`;
  }
  // "What about France?" after "… in Germany?": a name for a name.
  if (/^\p{Lu}/u.test(object)) {
    const name =
      /(?<=\s(?:in|for|at|from|of|to|by|with)\s(?:the\s)?)\p{Lu}[\p{L}\p{N}&.-]*(?:\s\p{Lu}[\p{L}\p{N}&.-]*){0,4}/u;
    if (name.test(former)) return former.replace(name, () => object.replace(/\.$/, ''));
  }
  const persons = new RegExp(
    `(?<=\\b(?:for|of|by|to)\\s)(?:the\\s|an?\\s)?\\p{Ll}[\\p{L}-]*(?:\\s\\p{Ll}[\\p{L}-]*){0,2}(?=\\s+(?:${JOINTS})\\b|[?!.]|$)`,
    'u',
  );
  if (persons.test(former)) return former.replace(persons, () => object);
  return `${open(former)}, and ${phrase}?`;
}

/** Words at which a phrase ends. */
const JOINTS =
  'for|in|at|on|with|without|from|to|by|during|after|before|since|until|under|per|when|if|and|or|is|are|was|were|für|in|bei|mit|pour|para';

const open = (question: string): string => question.replace(/[?!.\s]+$/, '');
const closed = (question: string): string => (/[?!.]$/.test(question) ? question : `${question}?`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What a question is about: the words behind its question word, auxiliary, person and verb. Null where too much is left. */
export function subjectOf(question: string): string | null {
  const rest = open(question)
    .replace(OPENING, '')
    .replace(/^(?:please\s+)?(?:tell me (?:about|more about)|explain|describe|summari[sz]e|show me)\s+/i, '')
    .replace(/^(?:how (?:long|much|many|often|far|soon)|what kind of|which|what|who|how|when|where|why)\b\s*/i, '')
    .replace(/^(?:is|are|was|were)\s+(?:there\s+)?/i, '')
    .replace(
      /^(?:do|does|did|can|could|may|must|should|shall|will|would|have|has)\s+(?:i|we|you|they|one|people|someone|employees|staff)\s+(?:\p{L}+\s+)(?:(?:for|to|in|on|about)\s+(?=\p{L}))?/iu,
      '',
    )
    .replace(
      /^(?:approves?|decides?|pays?|owns?|signs?|handles?|manages?|needs?|gets?|has|wrote|writes|made|makes)\s+(?:for\s+|on\s+|off\s+)?/i,
      '',
    )
    .replace(/^(?:do|does|did|can|could|may|must|should|will|would)\s+/i, '')
    .trim();
  const head = rest
    .split(
      /\s+(?:is|are|was|were|does|do|did|can|must|should|has|have|mean|means|work|works|say|says|and|when|if|that|which)\b/i,
    )[0]
    ?.trim();
  return head && head.length <= MAX_SUBJECT && hasSubject(head) ? head : null;
}

const OBJECT =
  /\b(?:it|that one|the same|this|that)\b|\b(?:these|those)\b|\b(?:them|him|they|he|she)\b|\bher\b(?!\s+\p{L})/giu;
const OWNER = /\b(?:its|their|his)\b|\bher(?=\s+\p{L}{3,})/iu;
const POINTED = /\b(?:this|that|these|those)\s+(?!the\b|for\b|and\b|not\b|also\b)(\p{L}{3,})/iu;
/** Behind these, "that" is what is asked about; behind other words it points at the noun that follows. */
const AUXILIARY = /(?:^|\b(?:is|are|was|were|do|does|did|can|could|may|must|should|will|would|has))\s*$/i;

/** The pronoun replaced by what it stands for; null where the question has none. */
function withSubject(question: string, subject: string, former: string): string | null {
  const noun = /^(?:the|a|an|my|our|your)\s/i.test(subject) || /^\p{Lu}/u.test(subject) ? subject : `the ${subject}`;
  if (OWNER.test(question)) return capital(question.replace(OWNER, () => (/s$/.test(noun) ? `${noun}'` : `${noun}'s`)));
  const pointed = POINTED.exec(question);
  const word = pointed?.[1] ?? '';
  const isNamed = word !== '' && former.toLowerCase().includes(word.toLowerCase());
  if (pointed && (isNamed || !AUXILIARY.test(question.slice(0, pointed.index)))) {
    const meant = subject.toLowerCase().includes(word.toLowerCase()) ? noun : `the ${word} of ${noun}`;
    return capital(question.replace(pointed[0], () => meant));
  }
  const pronouns = [...question.matchAll(OBJECT)];
  const chosen = pronouns.find(([found]) => /^(?:it|th|the)/i.test(found) && !/^the[my]/i.test(found)) ?? pronouns[0];
  if (!chosen) return null;
  return capital(question.slice(0, chosen.index) + noun + question.slice(chosen.index + chosen[0].length));
}
