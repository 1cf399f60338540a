import { parseCitations } from '../../answer/parse-citations.ts';
import { estimatePromptTokens } from '../../answer/prompt-tokens.ts';
import { splitSentences } from '../../answer/split-sentences.ts';
import { withoutCitations } from '../../answer/without-citations.ts';

/** What was said in one turn. */
export type Exchange = { readonly id: number; readonly question: string; readonly answer: string };

export type PackedConversation = {
  /** As the prompt takes it: empty when nothing fits or nothing was said. At most `maxTokens` by `estimatePromptTokens`. */
  readonly text: string;
  readonly tokens: number;
  /** Turns that stand in it as they were, the last ones. */
  readonly verbatim: number;
};

export type ConversationOptions = {
  /** Oldest first. */
  readonly exchanges: readonly Exchange[];
  /** Of the turns up to `summarizedTo`; empty when there is none. */
  readonly summary: string;
  readonly summarizedTo: number;
  readonly maxTokens: number;
};

/** Of the room, for turns as they were, where older ones have to be told in short. */
const VERBATIM_SHARE = 0.7;
const MAX_LINE = 240;
const OPENING = 'Before that, in short:';

/**
 * The conversation within a budget: the last turns as they were, of older ones the summary, or what each was asked and the
 * first sentence of its answer that cites something, the nearest first. Citations are left out: their numbers belong to
 * the passages of their own turn. Pure.
 */
export function packConversation({
  exchanges,
  summary,
  summarizedTo,
  maxTokens,
}: ConversationOptions): PackedConversation {
  const fits = (text: string, tokens = maxTokens): boolean => estimatePromptTokens(text) <= tokens;
  const recent = exchanges.filter(({ id }) => summary === '' || id > summarizedTo);
  const blocks = recent.map(blockOf);
  const whole = joined(inShort([summary]), blocks.join('\n\n'));
  if (fits(whole)) return packed(whole, blocks.length);
  const share = maxTokens * VERBATIM_SHARE;
  let verbatim = '';
  let count = 0;
  for (const block of [...blocks].reverse()) {
    const next = joined(block, verbatim);
    if (!fits(next, share)) break;
    verbatim = next;
    count++;
  }
  const last = blocks.at(-1);
  if (count === 0 && last !== undefined) verbatim = cutToFit(last, (text) => fits(text, share));
  let lines: string[] = [];
  for (const exchange of recent.slice(0, recent.length - Math.max(count, 1)).reverse()) {
    const next = [lineOf(exchange), ...lines];
    if (!fits(joined(inShort(next), verbatim))) break;
    lines = next;
  }
  const start = cutToFit(summary, (text) => fits(joined(inShort([text, ...lines]), verbatim)));
  return packed(joined(inShort([start, ...lines]), verbatim), count);
}

const inShort = (parts: readonly string[]): string => {
  const lines = parts.filter((part) => part !== '');
  return lines.length === 0 ? '' : `${OPENING}\n${lines.join('\n')}`;
};

const packed = (text: string, verbatim: number): PackedConversation => ({
  text,
  tokens: estimatePromptTokens(text),
  verbatim,
});

const joined = (before: string, after: string): string => [before, after].filter((part) => part !== '').join('\n\n');

const plain = (answer: string): string =>
  withoutCitations(answer)
    .replace(/ +(?=[.,;:!?\n]|$)/g, '')
    .trim();

const blockOf = ({ question, answer }: Exchange): string =>
  `User: ${question.trim()}\nAnswer: ${plain(answer) || 'The documents did not answer this.'}`;

/** A turn as one line: what was asked, and the first sentence that a citation stands behind. */
export function lineOf({ question, answer }: Exchange): string {
  const asked = oneLine(question);
  const said = oneLine(firstCited(answer));
  return said === '' ? `- ${asked}` : `- ${asked} — ${said}`;
}

function firstCited(answer: string): string {
  const mark = parseCitations(answer)[0]?.span.start ?? 0;
  const sentences = splitSentences(answer).map(({ span }) => span);
  const cited = sentences.find(({ end }) => end >= mark) ?? sentences[0];
  return cited ? plain(answer.slice(cited.start, cited.end)) : '';
}

const oneLine = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > MAX_LINE ? `${line.slice(0, MAX_LINE - 1).replace(/[\ud800-\udbff]$/, '')}…` : line;
};

/** The longest start of the text that fits, at a word; empty when none does. */
function cutToFit(text: string, fits: (text: string) => boolean): string {
  if (fits(text)) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(`${text.slice(0, middle)}…`)) low = middle;
    else high = middle - 1;
  }
  const cut = text.slice(0, low).replace(/[\ud800-\udbff]$/, '');
  const atWord = cut.replace(/\s+\S*$/, '');
  return cut === '' ? '' : `${atWord === '' ? cut : atWord}…`;
}
