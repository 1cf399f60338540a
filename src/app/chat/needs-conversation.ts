import { hasSubject } from '../../answer/question-terms.ts';

/** A longer question says what it is about, whatever pronouns it has. UTF-16 units. */
const MAX_LENGTH = 160;

/** Words that only go on from something: "and for contractors?", "was ist mit", "et pour". */
const GOES_ON =
  /^(?:(?:ok(?:ay)?|so|and|but|also|then|or|und|aber|oder|et|mais|ou|y|pero|e|ma)[\s,]|(?:what|how) about\b|what if\b|same (?:for|with)\b|was ist mit\b|wie (?:sieht|steht) es mit\b|qu'en est-il\b|qué (?:pasa con|hay de)\b)/iu;

/** A question word with nothing to ask of. */
const BARE =
  /^(?:why|how|when|where|who|whom|which(?: one| ones)?|what|since when|until when|how (?:much|many|long|often|far|come|so|exactly)|says who|for how long|by when|by whom|warum|wieso|weshalb|wann|wo|wer|wie|wie (?:viel|viele|lange|oft)|seit wann|bis wann|pourquoi|quand|où|qui|comment|combien|por qué|cuándo|dónde|quién|cómo|cuánto)(?: not| exactly| then| else| genau)?\s*[?!.]*$/iu;

/** A phrase of place, time or persons and no verb: "in Germany?", "without a receipt?". */
const PHRASE =
  /^(?:for|in|at|on|with|without|from|to|by|during|after|before|since|until|under|per|if|unless|except|für|ohne|bei|pour|sans|para|sin)\s[^,;:]{1,60}$/iu;
const VERB =
  /\b(?:what|which|who|whom|how|when|where|why|is|are|was|were|do|does|did|can|could|may|must|should|shall|will|would|has|have|had)\b/i;

const SINGULAR = /\b(?:it|its|itself|he|she|him|his|her|hers|that one|the same|the former|the latter|the other one)\b/i;
const PLURAL = /\b(?:they|them|their|theirs|themselves|these ones|those ones|both of them|the others)\b/i;
/** Not "this year", and not "documents that mention". */
const POINTING =
  /(?:^|\b(?:is|are|was|were|do|does|did|can|could|may|must|should|will|would|has|about|of|for|with|to|in|on|under|from|by|after|before|like|than|and)\s+)(?:this|that|these|those)\b(?!\s+(?:year|month|week|quarter|day|morning|afternoon|evening|time|document|folder|knowledge|database|collection)s?\b)/i;
/** "Who set that limit?" */
const POINTING_AT_END =
  /^(?:what|which|who|how|when|where|why|is|are|do|does|did|can)\b.*[^s\s]\s(?:this|that|these|those)\s(?!(?:year|month|week|quarter|day|morning|afternoon|evening|time)s?\b)\p{L}+\s*\?*$/iu;

/** "Tell me more", "go on", "for example?". */
const MORE =
  /^(?:please\s+)?(?:(?:tell me|say|give me|show me|any|some|what)\s+)?(?:(?:a bit|even)\s+)?(?:more|else|further|details?|examples?)(?:\s+(?:details?|examples?|information|about (?:it|that|this|them)))?\s*[?!.]*$|^(?:go on|continue|elaborate|explain(?: (?:it|that|this|further))?|in (?:more )?detail|(?:for|such as|like) (?:example|instance|what)|like what|really|are you sure)\s*[?!.]*$/i;

/** "Do I need a receipt for it?": what stands before the preposition is not what the pronoun means. */
const OF_IT = /\b(?:for|about|of|with|from|to|under|on|in|against)\s(?:it|them)\s*[?!.]*$/i;

/** What any subject may have: "are there exceptions?". */
const ANY_OF =
  /^(?:are|is) there (?:any |an? |some )?(?:exceptions?|limits?|deadlines?|conditions?|alternatives?|requirements?|penalt(?:y|ies)|forms?|fees?|costs?)\s*\?*$/i;

/** "When is it due", "is it true that", "what time is it": no word stands behind the pronoun. */
const EMPTY_IT =
  /\b(?:is|was) it (?:true|possible|allowed|permitted|necessary|ok(?:ay)?|required)\s+(?:that|to|for|if)\b/i;
const FRAME =
  /^(?:long|much|many|often|far|old|big|large|soon|quickly|kind|type|sort|exactly|else|more|further|next)$/i;

/**
 * Whether a question can only be understood with what was said before: it goes on ("and for contractors?"), has no
 * subject ("why?"), or has a pronoun with nothing before it that it could stand for. Rules on English, with the openings of
 * some other languages; a question of which none is true stands alone.
 */
export function needsConversation(question: string): boolean {
  const text = question.trim().replace(/\s+/g, ' ');
  if (text === '' || text.length > MAX_LENGTH) return false;
  if (GOES_ON.test(text) || BARE.test(text) || MORE.test(text) || !hasSubject(text)) return true;
  if (PHRASE.test(text) && !VERB.test(text)) return true;
  if (/^\p{N}{4}\s*\?$/u.test(text)) return true;
  if (OF_IT.test(text) || ANY_OF.test(text)) return true;
  if (EMPTY_IT.test(text)) return false;
  if (POINTING.test(text) || POINTING_AT_END.test(text)) return true;
  const singular = SINGULAR.exec(text);
  if (singular && !hasSingular(text.slice(0, singular.index))) return true;
  const plural = PLURAL.exec(text);
  return plural !== null && !hasPlural(text.slice(0, plural.index));
}

/** Whether one thing was named: by an article, a capital within the sentence, or a number. */
const hasSingular = (before: string): boolean =>
  /\b(?:the|a|an|my|our|your|each|every|any|this|that|another|no)\s+\p{L}/iu.test(before) ||
  /\s\p{Lu}\p{L}/u.test(before) ||
  /\d/.test(before);

/** Whether several were named, in any form that has a plural, or a group by an article. */
const hasPlural = (before: string): boolean =>
  hasSingular(before) ||
  (before.match(/\p{L}{3,}/gu) ?? []).some(
    (word, index) =>
      index > 0 && /s$/i.test(word) && !/^(?:does|is|was|has|this|less)$/i.test(word) && !FRAME.test(word),
  );
