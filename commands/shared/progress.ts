import { type Progress, renderProgress } from '../../src/present/text/render-progress.ts';
import type { Output } from './output.ts';

/** Work that ends sooner needs no progress. */
const SHOW_AFTER_MS = 1000;
/** Often enough to look alive, seldom enough to cost nothing. */
const REDRAW_MS = 100;

export type ProgressLine = {
  update(progress: Omit<Progress, 'elapsedMs'>): void;
  /** Takes the line away; call it before anything else is written to the terminal. */
  clear(): void;
};

/** One line on stderr that is rewritten in place; nothing at all where stderr is no terminal. */
export function createProgressLine(output: Output, now: () => number = Date.now): ProgressLine {
  const started = now();
  let drawnAt = 0;
  let visible = false;
  return {
    update(progress) {
      const time = now();
      if (!output.isTerminal || time - started < SHOW_AFTER_MS || time - drawnAt < REDRAW_MS) return;
      drawnAt = time;
      visible = true;
      // The last column stays free: a full line would wrap and could not be rewritten.
      const line = renderProgress({ ...progress, elapsedMs: time - started }, output.columns() - 1);
      output.write(`\r\u001b[K${line}`);
    },
    clear() {
      if (visible) output.write('\r\u001b[K');
      visible = false;
    },
  };
}
