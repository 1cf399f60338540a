import { estimateTokens } from '../../chunk/estimate-tokens.ts';
import type { Usage } from '../../domain/answer.ts';
import type { GenerateEvent, GenerateRequest, Generator } from '../../generate/types.ts';
import { isRagError } from '../../platform/errors.ts';
import type { NewModelCall } from '../../store/types.ts';
import type { Meter } from './meter-of.ts';
import { costOf, mostCostOf } from './price-of.ts';
import { reserveCall } from './reserve-call.ts';

/** Longest answer, in tokens, of a request that bounds none while a budget does: what it costs must have an end. */
const MAX_BUDGETED_OUTPUT_TOKENS = 4096;

/** Expected of a request that nothing bounds; only noted, never held against anyone. */
const USUAL_OUTPUT_TOKENS = 1024;

/**
 * Notes every call in the ledger: before it begins with the most that it may cost, and with what it did cost when it has
 * ended, however that was. Throws BUDGET_EXCEEDED before the call where a budget has no room for it.
 */
export function meterGenerator(generator: Generator, meter: Meter): Generator {
  const { store, clock, purpose, price } = meter;
  const { name } = generator;

  return {
    name,
    async *generate(request, signal): AsyncGenerator<GenerateEvent> {
      const at = clock.now();
      const budgets = meter.budgetsAt(at);
      const isBounded = budgets.length > 0 && price !== null && (price.input > 0 || price.output > 0);
      const bounded =
        isBounded && request.maxOutputTokens === undefined
          ? { ...request, maxOutputTokens: MAX_BUDGETED_OUTPUT_TOKENS }
          : request;
      const most = {
        inputTokens: mostInputTokens(request),
        outputTokens: bounded.maxOutputTokens ?? USUAL_OUTPUT_TOKENS,
      };
      const call: NewModelCall = { at, model: name, purpose, ...most, cost: price && mostCostOf(price, most) };
      const id = reserveCall(store, call, budgets);
      let text = '';
      let usage: Usage | null = null;
      let firstTokenMs: number | null = null;
      let outcome = 'stopped';
      try {
        for await (const event of generator.generate(bounded, signal)) {
          if (event.type === 'text-delta') {
            firstTokenMs ??= clock.now() - at;
            text += event.text;
          }
          if (event.type !== 'finish') {
            yield event;
            continue;
          }
          usage = isCounted(event.usage) ? event.usage : estimated(request, text);
          outcome = 'ok';
          yield { ...event, usage };
        }
      } catch (error) {
        outcome = outcomeOf(error, signal);
        throw error;
      } finally {
        const spent = usage ?? (isFreeOfCharge(outcome, text) ? NOTHING : estimated(request, text));
        store.endCall(id, call, {
          outcome,
          inputTokens: spent.inputTokens,
          cachedInputTokens: spent.cachedInputTokens ?? 0,
          outputTokens: spent.outputTokens,
          isEstimated: spent.estimated ?? false,
          isCached: false,
          cost: price && costOf(price, spent),
          firstTokenMs,
          totalMs: clock.now() - at,
        });
      }
    },
  };
}

const NOTHING: Usage = { inputTokens: 0, outputTokens: 0 };

const isCounted = ({ inputTokens, outputTokens }: Usage): boolean => inputTokens > 0 || outputTokens > 0;

/** Of a call that was left for another model, why; one that the user interrupted was stopped. */
function outcomeOf(error: unknown, signal: AbortSignal | undefined): string {
  const reason = signal?.aborted && isRagError(signal.reason) ? signal.reason : error;
  if (!isRagError(reason)) return 'INTERNAL';
  return reason.code === 'ABORTED' ? 'stopped' : reason.code;
}

/** Whether a call that failed was refused before the model read anything; one that went silent may have been counted. */
const isFreeOfCharge = (outcome: string, text: string): boolean =>
  text === '' && outcome !== 'stopped' && outcome !== 'MODEL_TIMEOUT' && outcome !== 'MODEL_BROKEN_STREAM';

const textsOf = ({ system = '', messages }: GenerateRequest): readonly string[] => [
  system,
  ...messages.map(({ content }) => content),
];

const estimated = (request: GenerateRequest, text: string): Usage => ({
  inputTokens: textsOf(request).reduce((sum, each) => sum + estimateTokens(each), 0),
  outputTokens: estimateTokens(text),
  estimated: true,
});

/** What the prompt surely has no more than: tokenizers make a token of three bytes or more, some of each message. */
const mostInputTokens = (request: GenerateRequest): number =>
  Math.ceil(textsOf(request).reduce((sum, text) => sum + Buffer.byteLength(text) / 3 + 8, 0));
