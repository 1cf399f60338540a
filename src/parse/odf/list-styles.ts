import { formatNumber } from '../list-number.ts';
import { attribute, readXml } from '../xml.ts';

type Level = { format: string; prefix: string; suffix: string; displayLevels: number; start: number };

/** Labels of list items by list style. */
export type ListStyles = {
  /** @param counts of the item on each level, outermost first, from 1 */
  label(style: string, counts: readonly number[]): string;
};

const formats: Readonly<Record<string, string>> = {
  '1': 'decimal',
  a: 'lowerLetter',
  A: 'upperLetter',
  i: 'lowerRoman',
  I: 'upperRoman',
};

/** List styles of an OpenDocument file, from its style parts and the automatic styles of its content. */
export function readListStyles(
  parts: readonly { readonly name: string; readonly bytes: Uint8Array | null }[],
): ListStyles {
  const styles = new Map<string, Map<number, Level | null>>();
  for (const { name: part, bytes } of parts) {
    if (!bytes) continue;
    let levels: Map<number, Level | null> | null = null;
    readXml(bytes, part, {
      open(name, attributes) {
        if (name === 'list-style') {
          levels = new Map();
          styles.set(attribute(attributes, 'name') ?? '', levels);
          return;
        }
        if (!levels || !name.startsWith('list-level-style-')) return;
        const level = Number(attribute(attributes, 'level') ?? 1);
        const format = formats[attribute(attributes, 'num-format') ?? ''];
        if (name !== 'list-level-style-number' || !format) levels.set(level, null);
        else
          levels.set(level, {
            format,
            prefix: attribute(attributes, 'num-prefix') ?? '',
            suffix: attribute(attributes, 'num-suffix') ?? '',
            displayLevels: Number(attribute(attributes, 'display-levels') ?? 1) || 1,
            start: Number(attribute(attributes, 'start-value') ?? 1) || 1,
          });
      },
      close(name) {
        if (name === 'list-style') levels = null;
      },
    });
  }
  return {
    label(style, counts) {
      const levels = styles.get(style);
      const own = levels?.get(counts.length);
      if (!own) return '-';
      const first = Math.max(1, counts.length - own.displayLevels + 1);
      const numbers: string[] = [];
      for (let level = first; level <= counts.length; level++) {
        const at = levels?.get(level);
        if (at) numbers.push(formatNumber((counts[level - 1] ?? 1) + at.start - 1, at.format));
      }
      return `${own.prefix}${numbers.join('.')}${own.suffix}`.trim() || '-';
    },
  };
}
