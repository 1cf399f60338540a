import { escapeBlock } from './escape-terminal.ts';
import type { Style } from './style.ts';

/** `error: …` and, when there is one, `hint: …`. */
export function renderError(error: { readonly message: string; readonly hint?: string }, style: Style): string {
  const hint = error.hint ? `${style.bold('hint:')} ${escapeBlock(error.hint)}\n` : '';
  return `${style.bad('error:')} ${escapeBlock(error.message)}\n${hint}`;
}
