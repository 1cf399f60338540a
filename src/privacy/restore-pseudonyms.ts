import { PSEUDONYM } from './pseudonym.ts';

/** `<national-id-0123456789>` */
const MAX_LENGTH = 24;

export type PseudonymRestorer = {
  /** The next part of a text with values in place of their pseudonyms. What may go on as one is held back. */
  push(part: string): string;
  /** What was held back. */
  end(): string;
};

/** Puts values back where a text that comes in parts has their pseudonyms; pseudonyms of others stay. */
export function createPseudonymRestorer(values: ReadonlyMap<string, string>): PseudonymRestorer {
  let held = '';
  const restored = (text: string): string => text.replace(PSEUDONYM, (pseudonym) => values.get(pseudonym) ?? pseudonym);
  return {
    push(part) {
      const text = held + part;
      const open = text.lastIndexOf('<');
      const mayGoOn = open >= 0 && text.length - open < MAX_LENGTH && /^<[a-z0-9-]*$/.test(text.slice(open));
      held = mayGoOn ? text.slice(open) : '';
      return restored(mayGoOn ? text.slice(0, open) : text);
    },
    end() {
      const rest = restored(held);
      held = '';
      return rest;
    },
  };
}
