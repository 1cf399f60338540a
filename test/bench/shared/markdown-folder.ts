import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomFrom } from './random.ts';

const FILES_PER_FOLDER = 500;
/** Ranks of words follow Zipf's law, as those of any language do. */
const ZIPF_EXPONENT = 1.05;

export type MarkdownFolder = { readonly bytes: number; readonly words: readonly string[]; readonly pick: () => string };

/** Writes small Markdown files of English words, sections and lists: about 1.5 kB each, the same for the same seed. */
export function writeMarkdownFolder(folder: string, files: number, seed: number): MarkdownFolder {
  const random = randomFrom(seed);
  const words = englishWords();
  const cumulative = new Float64Array(words.length);
  let total = 0;
  for (let i = 0; i < words.length; i++) {
    total += 1 / (i + 10) ** ZIPF_EXPONENT;
    cumulative[i] = total;
  }
  const pick = (): string => {
    const target = random() * total;
    let low = 0;
    let high = words.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulative[middle] as number) < target) low = middle + 1;
      else high = middle;
    }
    return words[low] as string;
  };
  const times = <T>(least: number, most: number, make: () => T): T[] =>
    Array.from({ length: least + Math.floor(random() * (most - least + 1)) }, make);
  const sentence = (): string => {
    const text = times(7, 18, pick).join(' ');
    return `${text[0]?.toUpperCase()}${text.slice(1)}.`;
  };
  const paragraph = (): string => times(2, 5, sentence).join(' ');
  let bytes = 0;
  for (let i = 0; i < files; i++) {
    const shard = join(folder, String(Math.floor(i / FILES_PER_FOLDER)).padStart(3, '0'));
    if (i % FILES_PER_FOLDER === 0) mkdirSync(shard, { recursive: true });
    const sections = times(1, 3, () => `## ${times(1, 4, pick).join(' ')}\n\n${times(1, 2, paragraph).join('\n\n')}`);
    const list = random() < 0.3 ? `\n\n${times(2, 5, () => `- ${sentence()}`).join('\n')}` : '';
    const text = `# ${times(2, 5, pick).join(' ')} ${i}\n\n${paragraph()}\n\n${sections.join('\n\n')}${list}\n`;
    writeFileSync(join(shard, `note-${String(i).padStart(5, '0')}.md`), text);
    bytes += Buffer.byteLength(text);
  }
  return { bytes, words, pick };
}

/** Whole words of the built-in model's vocabulary, which is ordered by frequency after its marks and letters. */
function englishWords(): string[] {
  const vocabulary = new URL('../../../src/embed/builtin/vocab.txt', import.meta.url);
  return readFileSync(vocabulary, 'utf8')
    .split('\n')
    .filter((piece) => /^[a-z]{3,}$/.test(piece));
}
