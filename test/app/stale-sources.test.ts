import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Answer } from '../../src/domain/answer.ts';
import { finish, openTemporary, temporaryFolder } from './temporary-knowledge-base.ts';

const TEXT = '# Pumps\n\nThe pump was bought in 2019 and stands in the cellar.\n';

async function answerAfter(change: (file: string) => void): Promise<Answer> {
  const folder = temporaryFolder({ 'pump.md': TEXT });
  const knowledgeBase = await openTemporary();
  await finish(knowledgeBase.add(folder.path));
  change(join(folder.path, 'pump.md'));
  for await (const event of knowledgeBase.ask('When was the pump bought?')) {
    if (event.type === 'answer-end') return event.answer;
  }
  throw new Error('no answer came');
}

test('an answer says that a file it cites has changed', async () => {
  const answer = await answerAfter((file) => writeFileSync(file, TEXT.replace('2019', '2024 or so')));
  expect(answer.citations[0]).toMatchObject({ stale: true, verified: true });
  expect(answer.warnings).toEqual([
    'pump.md, which the answer cites, has changed since it was read; `rag sync` reads it again.',
  ]);
});

test('a change that leaves the size as it was is seen', async () => {
  const answer = await answerAfter((file) => {
    writeFileSync(file, TEXT.replace('2019', '2024'));
    utimesSync(file, new Date(2030, 0, 1), new Date(2030, 0, 1));
  });
  expect(answer.citations[0]?.stale).toBe(true);
});

test('an answer says that a file it cites is gone', async () => {
  const answer = await answerAfter((file) => rmSync(file));
  expect(answer.warnings).toEqual([
    'pump.md, which the answer cites, is no longer where it was read from; `rag sync` forgets it.',
  ]);
});

test('a file with a new time and the same bytes has not changed', async () => {
  const answer = await answerAfter((file) => utimesSync(file, new Date(2030, 0, 1), new Date(2030, 0, 1)));
  expect(answer.warnings).toEqual([]);
  expect(answer.citations[0]?.stale).toBeUndefined();
});
