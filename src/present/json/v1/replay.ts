import type { Replay } from '../../../app/record/types.ts';

/** Data of `rag.replay/1`: what was asked, the answer before and now, and what differs. `text` is a difference by words. */
export const replayToJson = ({ before, after, difference }: Replay) => ({
  question: before.question,
  recordedAt: before.at,
  same: difference.isSame,
  model: difference.model,
  passages: difference.passages,
  text: difference.text,
  support: difference.support,
  checks: difference.checks,
  usage: difference.usage,
  answer: { before: before.answer.text, after: after.answer.text },
});
