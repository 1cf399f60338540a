/** What a query asks for, as far as its form shows it. */
export type QueryKind =
  | 'lookup'
  | 'question'
  | 'comparison'
  | 'listing'
  | 'counting'
  | 'follow-up'
  | 'time-bound'
  | 'code';

export const questionStart =
  /^(?:what|when|where|which|who|whom|whose|why|how|is|are|was|were|do|does|did|can|could|should|will|would)\b/i;

/** In the order in which they are tried: the rarer form says more. */
const RULES: readonly (readonly [QueryKind, RegExp])[] = [
  [
    'code',
    /::|->|=>|\w\(\)|`[^`]+`|(?:^|\s)(?:--[a-z]|[#@$][A-Za-z_]\w+)|\b[a-z]{2,}[a-z0-9]*[A-Z]\w*|\b\w+_\w+|\b[A-Za-z]\w+\.(?:[a-z]{1,4}\b|\w+\()/,
  ],
  [
    'comparison',
    /\b(?:vs\.?|versus|compared? (?:to|with)|in comparison|differences? between|differs? from)(?=\s|$)|^compare\b|\b(?:better|worse|more|less|older|newer|larger|smaller) than\b/i,
  ],
  ['counting', /^(?:how many|count(?: of)?|(?:what is )?the number of|number of)\b/i],
  [
    'listing',
    /^(?:list|enumerate|name all|show(?: me)? (?:all|every|the list)|give me (?:all|a list|every)|(?:which|what) (?:documents|files|notes|pages|papers|e-?mails|pdfs)\b|what are (?:all|the different)\b)/i,
  ],
  [
    'follow-up',
    /^(?:and|but|also|then)\b|^(?:what|how) about\b|^(?:why|how|why not|how so|when|where|who)\s*\?$|^(?:is|are|was|were|does|do|did|can|should|would|will|what|how|why|when|where|who|which|tell me)\b.{0,30}\b(?:it|they|them|that one|those|these|he|she|him|its|their)\b.{0,20}$/i,
  ],
  [
    'time-bound',
    /^when\b|\b(?:latest|newest|most recent|recently|currently|today|yesterday|tomorrow|as of)\b|\b(?:this|last|past|previous|next) (?:\w+ )?(?:days?|weeks?|months?|quarters?|years?)\b|\b(?:since|until|before|after|during|in) (?:the year )?(?:1[5-9]|20)\d\d\b/i,
  ],
];

/** Longer than a question: the form of a pasted page says nothing. */
const MAX_LENGTH = 400;

/** By rules on English wording; everything else is a question or a lookup. */
export function queryKind(text: string): QueryKind {
  const short = text.slice(0, MAX_LENGTH).trim();
  const rule = text.length > MAX_LENGTH ? undefined : RULES.find(([, pattern]) => pattern.test(short));
  return rule?.[0] ?? (/[?？؟]\s*$/.test(text) || questionStart.test(short) ? 'question' : 'lookup');
}
