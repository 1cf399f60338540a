import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EvaluationSet } from '../../../src/evaluate/read-beir.ts';

const FILES_PER_FOLDER = 1000;

/** One Markdown file for each entry, its title as the heading. Returns the entry's id by path below the folder. */
export function writeCorpus(folder: string, { documents }: Pick<EvaluationSet, 'documents'>): Map<string, string> {
  const idByPath = new Map<string, string>();
  documents.forEach(({ id, title, text }, i) => {
    const shard = String(Math.floor(i / FILES_PER_FOLDER)).padStart(3, '0');
    if (i % FILES_PER_FOLDER === 0) mkdirSync(join(folder, shard), { recursive: true });
    const path = `${shard}/${String(i).padStart(6, '0')}.md`;
    writeFileSync(join(folder, path), `${title ? `# ${title}\n\n` : ''}${text}\n`);
    idByPath.set(path, id);
  });
  return idByPath;
}
