import { estimateTokens } from '../../chunk/estimate-tokens.ts';
import type { Embedder } from '../../embed/types.ts';
import { isRagError } from '../../platform/errors.ts';
import type { EndedModelCall, NewModelCall } from '../../store/types.ts';
import type { Meter } from './meter-of.ts';
import { costOf } from './price-of.ts';
import { reserveCall } from './reserve-call.ts';

/**
 * Notes what is embedded in the ledger, with estimated tokens. Throws BUDGET_EXCEEDED before texts are sent that a budget
 * has no room for. A query that costs nothing waits for nobody who writes.
 */
export function meterEmbedder(embedder: Embedder, name: string, meter: Meter): Embedder {
  const { store, clock, purpose, price } = meter;

  async function measured<Result>(
    texts: readonly string[],
    work: () => Promise<Result>,
    { waits }: { readonly waits: boolean },
  ): Promise<Result> {
    const at = clock.now();
    const inputTokens = texts.reduce((sum, text) => sum + estimateTokens(text), 0);
    const cost = price && costOf(price, { inputTokens, outputTokens: 0 });
    const call: NewModelCall = { at, model: name, purpose, inputTokens, outputTokens: 0, cost };
    const budgets = meter.budgetsAt(at);
    const isReserved = waits || (budgets.length > 0 && cost !== 0);
    const id = isReserved ? reserveCall(store, call, budgets) : null;
    const end = (outcome: string): void => {
      const ended: EndedModelCall = {
        outcome,
        inputTokens,
        cachedInputTokens: 0,
        outputTokens: 0,
        isEstimated: true,
        isCached: false,
        cost,
        firstTokenMs: null,
        totalMs: clock.now() - at,
      };
      if (isReserved) store.endCall(id, call, ended);
      else store.noteCall(call, ended);
    };
    try {
      const result = await work();
      end('ok');
      return result;
    } catch (error) {
      end(isRagError(error) ? (error.code === 'ABORTED' ? 'stopped' : error.code) : 'INTERNAL');
      throw error;
    }
  }

  return {
    get space() {
      return embedder.space;
    },
    get cutTexts() {
      return embedder.cutTexts;
    },
    ...(embedder.prepare && { prepare: (signal?: AbortSignal) => embedder.prepare!(signal) }),
    embedPassages: (texts, signal, onEmbedded) =>
      measured(texts, () => embedder.embedPassages(texts, signal, onEmbedded), { waits: true }),
    embedQuery: (text, signal) => measured([text], () => embedder.embedQuery(text, signal), { waits: false }),
    close: () => embedder.close?.(),
  };
}
