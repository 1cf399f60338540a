import { contentTerms } from '../content-terms.ts';
import type { SentenceKind } from '../split-sentences.ts';

/** What speaks of the answer, of the documents as such or to the reader claims nothing that a passage could say. */
const TALK =
  /^(?:(?:here|below|above)\b.{0,80}(?:is|are|:)|(?:the (?:documents?|passages?|sources?|context|text)|they|it|nothing|none of the (?:documents|passages|sources)|no (?:documents?|passages?|sources?)|i|we)\b.{0,60}\b(?:do(?:es)? not|don[’']t|doesn[’']t|cannot|can[’']t|could not|couldn[’']t|no|not)\b.{0,40}\b(?:answer|say|contain|hold|mention|provide|specify|state|include|address|give|find|tell|determine|information)|(?:let me know|i hope|feel free|please|sorry|unfortunately,? (?:i|the (?:documents|passages))|i am|i[’']m|in (?:summary|short)[:,.]?$|yes[.!,]?$|no[.!,]?$|sure|based on (?:the|these) (?:documents|passages)[:,.]?$))/iu;
const TALK_ELSEWHERE =
  /^(?:hier (?:ist|sind|stehen)|die (?:dokumente|quellen|passagen)\b.{0,60}\b(?:nicht|keine)|voici\b|les (?:documents|passages)\b.{0,40}\bne\b|aquí (?:está|están)|los documentos no\b|文档(?:中)?(?:没有|未)|資料には)/iu;

/** Whether a sentence of an answer, without citation marks, claims something that can be compared with a passage. */
export function isClaim(sentence: string, kind: SentenceKind): boolean {
  if (kind === 'heading') return false;
  const plain = sentence.replace(/[*_`]+/g, '').trim();
  // Bold alone on a line is a heading in the hands of most models.
  if (/^(?:\*\*|__)[^*_]{1,100}(?:\*\*|__):?$/.test(sentence.trim())) return false;
  if (/[:：]$/.test(plain) || /[?？]["”’)\]]*$/.test(plain)) return false;
  if (TALK.test(plain) || TALK_ELSEWHERE.test(plain)) return false;
  const words = contentTerms(plain).length;
  return words >= 2 || (words === 1 && /\p{N}/u.test(plain));
}
