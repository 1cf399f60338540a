/**
 * Text of a document, or of what was said before, for a prompt. What would end our own fences (`</passage>`,
 * `<conversation>`) or begin another speaker's turn in the templates of models (`<|im_start|>`, `[INST]`) loses its
 * bracket; characters that nobody sees but a model reads are left out. Everything else stays, word for word.
 */
export const defuseFences = (text: string): string =>
  text.replace(INVISIBLE, '').replace(HIDDEN_JOINERS, '').replace(FENCE, '(').replace(TURN, '(');

/** Spaces without width, directions, tags, the mark of byte order. Joiners and selectors belong to scripts and emoji. */
const INVISIBLE = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]|[\u{e0000}-\u{e007f}]/gu;

/** Within a word of Latin letters, or beside a bracket, a joiner joins nothing. */
const HIDDEN_JOINERS = /(?<=[\x00-\x7f])(?:\u034f|\u200c|\u200d|[\ufe00-\ufe0f])+(?=[\x00-\x7f])/g;

const FENCE =
  /[<\uff1c\ufe64\u2039\u3008](?=\s{0,16}(?:[/\uff0f]\s{0,16})?(?:passages?|conversation)(?![\p{L}\p{N}_]))/giu;

/** Templates of Llama, ChatML, Gemma, Mistral, DeepSeek and their like, as servers read them even within a message. */
const TURN =
  /<(?=[|\uff5c][\w\u2581][\w\u2581 ]{0,39}[|\uff5c]>|(?:start|end)_of_turn>)|\[(?=\/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\])|<(?=<\/?SYS>>)/g;
