const MAX_LENGTH = 400;
const MAX_PARTS = 4;
/** A part of fewer words is no question of its own. */
const MIN_WORDS = 2;

const ASKS =
  'who|whom|whose|what|when|where|why|which|how|is|are|was|were|do|does|did|can|could|may|must|should|will|would|has|have';
const nextQuestion = new RegExp(`(?:,|;)?\\s+(?:and|or|but)(?: also)?\\s+(?=(?:${ASKS})\\b)`, 'i');
const listed =
  /^(?<head>.*\b(?:of|for|about|between|by|on|in|at|to|with)) (?:both )?(?<first>.+?),? and (?<second>[^,]+)$/i;
const MAX_LISTED_WORDS = 6;

/**
 * The questions that one question is made of: one sentence after the other, or "who ... and when ...". Null for a question
 * that is one.
 */
export function separateQuestions(text: string): readonly string[] | null {
  const asked = text.trim().replace(/\s+/g, ' ');
  if (asked.length > MAX_LENGTH) return null;
  const parts = asked.split(/(?<=[?？])\s*/).flatMap((sentence) => {
    const own = sentence.replace(/[\s?？!.]+$/, '').replace(/^(?:and|also|or)\s+/i, '');
    return own === '' ? [] : own.split(nextQuestion);
  });
  const areQuestions = parts.every((part) => part.split(' ').length >= MIN_WORDS || /[\u3040-\u9fff]{4}/.test(part));
  return parts.length < 2 || !areQuestions ? null : parts.slice(0, MAX_PARTS);
}

/** As `separateQuestions`, and the two things that one question asks for: "the address of A and B". */
export const questionParts = (text: string): readonly string[] | null =>
  separateQuestions(text) ??
  twoThings(
    text
      .trim()
      .replace(/[\s?!.]+$/, '')
      .replace(/\s+/g, ' '),
  );

function twoThings(question: string): readonly string[] | null {
  if (question.length > MAX_LENGTH) return null;
  const { head, first, second } = listed.exec(question)?.groups ?? {};
  if (!head || !first || !second) return null;
  const isShort = (thing: string): boolean => thing.split(' ').length <= MAX_LISTED_WORDS;
  return isShort(first) && isShort(second) ? [`${head} ${first}`, `${head} ${second}`] : null;
}
