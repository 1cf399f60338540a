const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|[\u{e0000}-\u{e007f}]/gu;
/** Where a server's template begins the turn of another speaker, whoever wrote it. */
const TURN = /<\|(?:im_start|im_end|start_header_id|eot_id)\|>|\[\/?INST\]|<(?:start|end)_of_turn>|<<\/?SYS>>/g;

/**
 * What of a prompt is not data, as a careless reader takes it: fences in any case, with blanks, in full width, with
 * characters that nobody sees. Data is what stands within a passage or the conversation; a turn of another speaker within
 * it is none.
 */
export function readOutsideOfData(prompt: string): string {
  const text = prompt.replace(INVISIBLE, '').normalize('NFKC');
  const turns = text.split(TURN).slice(1).join('\n');
  let outside = '';
  let data: string | null = null;
  let from = 0;
  for (const match of text.matchAll(/<\s*(\/?)\s*(passages?|conversation)\b[^>]*>/gi)) {
    const [whole, slash, name = ''] = match;
    if (data === null) outside += text.slice(from, match.index);
    from = match.index + whole.length;
    const fence = name.toLowerCase();
    if (slash === '' && fence !== 'passages') data = fence;
    else if (slash !== '' && (fence === data || fence === 'passages')) data = null;
  }
  if (data === null) outside += text.slice(from);
  return `${outside}\n${turns}`;
}
