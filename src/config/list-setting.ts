import { makeSetting, type Parts, plainText, type Setting, show } from './setting.ts';

const MAX_ITEMS = 100;

/** Texts in order: a list in TOML, separated by commas in a variable or on the command line. `item` checks each. */
export const textList = (
  parts: Parts<readonly string[]> & { readonly type: string; readonly item: (text: string) => string },
): Setting<readonly string[]> => ({
  ...makeSetting(parts.type, parts, (raw) => {
    const items = typeof raw === 'string' ? raw.split(',').filter((text) => text.trim() !== '') : raw;
    if (!Array.isArray(items)) throw new Error(`must be a list such as ["a", "b"], not ${show(raw)}`);
    if (items.length > MAX_ITEMS) throw new Error(`must have at most ${MAX_ITEMS} items, not ${items.length}`);
    return items.map((item) => parts.item(plainText(item)));
  }),
  kind: 'list',
});
