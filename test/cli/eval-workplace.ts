import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openKnowledgeBase } from '../../src/app/open-knowledge-base.ts';
import { hashEmbedder } from '../../src/testing/hash-embedder.ts';
import { finish, temporaryFolder } from '../app/temporary-knowledge-base.ts';
import { runInProcess } from './run-in-process.ts';

const NOTES = {
  'notes/otter.md': '# Otter probe\n\nThe otter probe measures groundwater in wells of 3150 metres.\n',
  'notes/heron.md': '# Heron mast\n\nThe heron mast costs 900 euros and carries the antenna of a station.\n',
  'notes/leave.md': '# Parental leave\n\nEach parent has 26 weeks of parental leave on full pay.\n',
};

/** A folder with a filled database and a file of questions; commands run in it over the real knowledge base. */
export async function workplace(questions = 'groundwater probe', environment: Record<string, string> = {}) {
  const folder = temporaryFolder(NOTES);
  const path = join(folder.path, 'rag.db');
  const knowledgeBase = await openKnowledgeBase({ path, embedder: hashEmbedder() });
  await finish(knowledgeBase.add(join(folder.path, 'notes')));
  knowledgeBase.close();
  const lines = [
    { question: questions, paths: ['otter.md'], kind: 'fact' },
    { question: 'antenna of the mast', paths: ['heron.md'], answer: 'carries the antenna', kind: 'fact' },
    { question: 'leave on full pay', paths: ['leave.md'], kind: 'rule' },
  ];
  writeFileSync(join(folder.path, 'q.jsonl'), lines.map((line) => JSON.stringify(line)).join('\n'));
  const rag = (...argv: string[]) =>
    runInProcess([...argv, '--db', path], {
      workingFolder: folder.path,
      environment: { XDG_CACHE_HOME: join(folder.path, 'cache'), ...environment },
      open: ({ path, create, settings }) => openKnowledgeBase({ path, create, settings, embedder: hashEmbedder() }),
    });
  return { folder: folder.path, rag, write: folder.write };
}
