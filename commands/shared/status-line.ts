import type { Output } from './output.ts';

/** One line at the end of the terminal that other lines are written above of; nothing where there is no terminal. */
export type StatusLine = {
  show(text: string): void;
  clear(): void;
};

export function createStatusLine(output: Output): StatusLine {
  let shown = '';
  return {
    show(text) {
      if (!output.isTerminal || text === shown) return;
      shown = text;
      output.write(`\r\u001b[K${text}`);
    },
    clear() {
      if (shown !== '') output.write('\r\u001b[K');
      shown = '';
    },
  };
}
