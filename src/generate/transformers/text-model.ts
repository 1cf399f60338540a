import type { ModelSource } from '../../platform/transformers/model-source.ts';
import { loadFirstForm, openLibrary } from '../../platform/transformers/open-library.ts';
import type { GenerateRequest } from '../types.ts';

/** A causal language model in memory. */
export type TextModel = {
  /** The prompt as the model's chat template writes it, and how many tokens it may have with its answer. */
  prepare(request: GenerateRequest): { readonly input: PreparedInput; readonly promptTokens: number };
  readonly maxTokens: number;
  /** Calls `onText` with each piece; ends early when `signal` fires. */
  write(parts: {
    readonly input: PreparedInput;
    readonly promptTokens: number;
    readonly request: GenerateRequest;
    readonly signal: AbortSignal;
    readonly onText: (text: string) => void;
  }): Promise<{ readonly reason: 'stop' | 'length'; readonly outputTokens: number }>;
};

export type PreparedInput = Readonly<Record<string, { readonly dims: readonly number[] }>>;

type ChatTurn = { role: string; content: string };
type Tokenizer = {
  readonly chat_template: unknown;
  apply_chat_template(turns: ChatTurn[], options: object): PreparedInput;
};
type Model = {
  readonly config: Readonly<Record<string, unknown>>;
  generate(options: object): Promise<unknown>;
};

/** Of a model that does not say how many tokens it takes. */
const DEFAULT_MAX_TOKENS = 4096;
/** Room for an answer whose length the request does not bound. */
const ANSWER_TOKENS = 1024;
/** The names that configurations have for the number of positions. */
const POSITIONS = ['max_position_embeddings', 'n_positions', 'n_ctx', 'max_seq_len'] as const;

/** Throws what the library throws, and an Error for a model that follows no instructions. */
export async function loadTextModel(source: ModelSource): Promise<TextModel> {
  const library = await openLibrary(source);
  const { AutoTokenizer, AutoModelForCausalLM, InterruptableStoppingCriteria, TextStreamer } = library;
  const tokenizer = await AutoTokenizer.from_pretrained(source.model);
  const chat = tokenizer as unknown as Tokenizer;
  if (!chat.chat_template) throw new Error('it has no chat template, so it was not made to follow instructions');
  const model = (await loadFirstForm(source, (form) =>
    AutoModelForCausalLM.from_pretrained(source.model, { device: 'cpu', ...form }),
  )) as unknown as Model;
  const maxTokens = maxTokensOf(model);
  return {
    maxTokens,
    prepare(request) {
      const input = applyTemplate(chat, request);
      return { input, promptTokens: input.input_ids?.dims.at(-1) ?? 0 };
    },
    async write({ input, promptTokens, request, signal, onText }) {
      const stopping = new InterruptableStoppingCriteria();
      const stop = () => stopping.interrupt();
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
      const most = Math.min(request.maxOutputTokens ?? ANSWER_TOKENS, maxTokens - promptTokens);
      const special = new Set(tokenizer.all_special_ids);
      let allTokens = 0;
      let outputTokens = 0;
      const streamer = new TextStreamer(tokenizer, {
        skip_prompt: true,
        skip_special_tokens: true,
        callback_function: onText,
        token_callback_function([token]) {
          allTokens++;
          // The mark of the end is no part of the answer.
          if (!special.has(Number(token))) outputTokens++;
        },
      });
      const { temperature = 0 } = request;
      await model.generate({
        ...input,
        max_new_tokens: most,
        do_sample: temperature > 0,
        ...(temperature > 0 && { temperature }),
        streamer,
        stopping_criteria: stopping,
      });
      signal.removeEventListener('abort', stop);
      return { reason: allTokens >= most && outputTokens === allTokens ? 'length' : 'stop', outputTokens };
    },
  };
}

/** Some templates have no role for the system; then its text stands before that of the first turn. */
function applyTemplate(tokenizer: Tokenizer, { system, messages }: GenerateRequest): PreparedInput {
  const options = { add_generation_prompt: true, tokenize: true, return_dict: true };
  const turns = messages.map(({ role, content }) => ({ role, content }));
  if (system === undefined) return tokenizer.apply_chat_template(turns, options);
  try {
    return tokenizer.apply_chat_template([{ role: 'system', content: system }, ...turns], options);
  } catch {
    // Templates refuse a role by throwing; any other fault comes again below.
    const [first, ...rest] = turns;
    const merged = { role: 'user', content: `${system}\n\n${first?.content ?? ''}` };
    return tokenizer.apply_chat_template([merged, ...rest], options);
  }
}

function maxTokensOf({ config }: Model): number {
  const given = POSITIONS.map((name) => config[name]).find((value) => typeof value === 'number' && value > 0);
  return typeof given === 'number' ? given : DEFAULT_MAX_TOKENS;
}
