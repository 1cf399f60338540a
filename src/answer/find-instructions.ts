import type { Span } from '../domain/span.ts';

/** What nearly every such text has; without it none of the rules can be true, and most passages end here. */
const HINT =
  /you(?: are|'re|’re| will be) now|ignor|disregard|forget|override|assistant|operator|system|developer|chatbot|language model|\bA\.?I\.?\b|\bsay\b|answer|reply|respond|\bstate\b|\btell\b|\bwrite\b|\brole\b|decode|cite|instruction|correction|vergiss|anweisung|oublie|consigne|olvid|instrucci|istruzioni|instru[çc]|инструкц|指示|指令|命令|指令|التعليمات|im_start|\bQ:/i;

/**
 * Sentences that speak to a language model or its like instead of of something: they set rules aside, give it a role, or say
 * what it must answer. On the narrow side: a policy that says what people must do speaks to nobody that answers.
 */
const RULES: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|set aside)\b.{0,40}\b(?:instructions?|rules|prompts?|orders|guidelines|the other question|(?:all|everything|anything) (?:above|before|else))/iu,
  /\b(?:rules|instructions|restrictions|orders|everything)\b.{0,20}\b(?:above|before|previous)?\b.{0,12}\b(?:are|is) (?:void|lifted|cancelled|suspended|outdated)\b/iu,
  /\b(?:vergiss|ignoriere)\b.{0,40}\b(?:anweisung|regel)/iu,
  /\b(?:oublie[zr]?|ignore[zr]?)\b.{0,40}\b(?:consignes|instructions|règles)/iu,
  /\b(?:olvida|ignora|dimentica|esque[çc]a|ignore)\b.{0,40}\b(?:instrucciones|reglas|istruzioni|regole|instruções|regras)/iu,
  /(?:забудь|игнорируй).{0,40}(?:инструкц|правил)/iu,
  /(?:忽略|無視|无视|忘记).{0,30}(?:指示|指令|命令|規則|规则)|(?:指示|指令|命令).{0,12}(?:忽略|無視)/u,
  /تجاهل.{0,40}(?:التعليمات|الأوامر)/u,
  /(?:^|[\s<>({"'[*-])(?:system|assistant|operator|developer|chatbot|user)s?\s*(?:[:>]|,(?=\s*(?:say|answer|tell|reply))|message|notice|override)\s*\W{0,3}(?:say|state|answer|reply|respond|tell|write|always|never|ignore|you\b|the rules|rules)/iu,
  /^\W{0,4}(?:Answer|Reply|Respond)?\s*:?\s*(?:Say|say|State|Answer|Reply|Respond|Write)\s+(?:exactly|only|always|that|with|this)\b/u,
  /^\W{0,4}answer only\s*:/iu,
  /\b(?:now|always) (?:answer|reply|respond|say)\s+(?:that|with|only|exactly)\b/iu,
  /\b(?:AI|assistants?|chatbots?|language models?|LLMs?)\b.{0,60}\b(?:must|should|shall|are to) (?:always |never |now )?(?:say|answer|reply|respond|tell|state|claim)\b|\battention,? (?:AI|assistant)/iu,
  /\bsay exactly this\b|\bdo not mention\b|\bnew orders\b/iu,
  /\byou(?: are|'re|’re| will be) now (?:an?|in|called|playing|acting)\b|\byou now (?:answer|say)\b|\bfrom (?:now|here) on (?:you |always )?(?:write|answer|say|reply)\b|\bdeveloper mode\b|\bstay in (?:your|this|the) (?:role|character)\b/iu,
  /^\W{0,4}(?:tell|ask|urge) the (?:user|reader)\b|\b(?:end|begin|start) every (?:answer|reply|response)\b|\bbefore (?:answering|you answer)\b|\bcorrection for every answer\b/iu,
  /\b(?:repeat|print|reveal|show) (?:your|the) (?:system )?(?:instructions|prompt|rules)\b/iu,
  /\b(?:decode|decrypt|undo the rotation|translate) (?:this|it|the following)?.{0,40}\b(?:obey|do what it says|follow it|execute)\b/iu,
  /\bcite \[\d|\bwrite that\b.{0,120}\[\d|\bas passage \[\d/iu,
  /[(<]\|im_(?:start|end)\||[[(]\/?INST\]|[(<](?:start|end)_of_turn>|[(<]<\/?SYS>>/u,
];

/** A sentence that is longer is looked at in parts of this length, each of which begins in the middle of the one before. UTF-16 units. */
const MAX_SENTENCE = 1000;

/**
 * Places of a text that tell a model what to do: from the first such sentence of a paragraph to the paragraph's end, since
 * what is told comes behind. Empty for nearly all texts. Linear; never throws.
 */
export function findInstructions(text: string): Span[] {
  if (!HINT.test(text)) return [];
  const spans: Span[] = [];
  for (const paragraph of text.matchAll(/[^\n]+(?:\n(?!\s*\n)[^\n]+)*/g)) {
    const end = paragraph.index + paragraph[0].length;
    for (const sentence of paragraph[0].matchAll(/[^.!?。！？\n]+[.!?。！？]*\n?/g)) {
      if (!partsOf(sentence[0].trim()).some((said) => RULES.some((rule) => rule.test(said)))) continue;
      spans.push({ start: paragraph.index + sentence.index, end });
      break;
    }
  }
  return spans;
}

function partsOf(sentence: string): string[] {
  const parts = [sentence.slice(0, MAX_SENTENCE)];
  for (let at = MAX_SENTENCE / 2; at + MAX_SENTENCE / 2 < sentence.length; at += MAX_SENTENCE / 2)
    parts.push(sentence.slice(at, at + MAX_SENTENCE));
  return parts;
}

/** The text with blanks in place of the spans, so that positions stay. */
export function blankOut(text: string, spans: readonly Span[]): string {
  let result = '';
  for (const { start, end } of spans) {
    result += text.slice(result.length, start) + text.slice(start, end).replace(/[^\n]/g, ' ');
  }
  return result + text.slice(result.length);
}
