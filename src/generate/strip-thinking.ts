import type { GenerateEvent } from './types.ts';

const OPEN = '<think>';
const CLOSE = '</think>';

/**
 * Drops a leading `<think>...</think>` block. Reasoning models write it into the text where the server does not split it
 * off (llama.cpp, LM Studio, older Ollama). Only at the very start: later it may be what the answer speaks about.
 */
export async function* stripThinking(events: AsyncIterable<GenerateEvent>): AsyncGenerator<GenerateEvent> {
  let state: 'start' | 'thinking' | 'text' = 'start';
  let held = '';
  for await (const event of events) {
    if (event.type === 'finish') {
      if (state === 'start' && held !== '') yield { type: 'text-delta', text: held };
      yield event;
      return;
    }
    if (state === 'text' || event.type !== 'text-delta') {
      yield event;
      continue;
    }
    held += event.text;
    if (state === 'start') {
      const begin = held.trimStart();
      if (begin.startsWith(OPEN)) {
        state = 'thinking';
        held = begin.slice(OPEN.length);
      } else if (!OPEN.startsWith(begin)) {
        state = 'text';
        yield { type: 'text-delta', text: held };
      }
    }
    if (state === 'thinking') {
      const end = held.indexOf(CLOSE);
      if (end < 0) {
        // Enough to recognise a closing tag that is split over two deltas.
        held = held.slice(-CLOSE.length);
        continue;
      }
      state = 'text';
      const rest = held.slice(end + CLOSE.length).trimStart();
      if (rest !== '') yield { type: 'text-delta', text: rest };
    }
  }
}
