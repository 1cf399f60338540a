import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultValues, groupSettings } from '../../../src/config/settings.ts';
import { finish, openTemporary, temporaryFolder } from '../temporary-knowledge-base.ts';

const settings = groupSettings({
  ...defaultValues,
  'privacy.pii': 'pseudonymize',
  'privacy.key': 'a key that only tests have',
});

test('a question finds under its pseudonym what it names, and nothing that is kept of it says more', async () => {
  const folder = temporaryFolder({
    'a.txt': 'The contract of quillfeather@corp.example ends.',
    'b.txt': 'Nobody at all.',
  });
  const base = await openTemporary({ settings });
  await finish(base.add(folder.path));
  const { hits } = await base.search('quillfeather@corp.example', { mode: 'lexical', log: true, cache: true });
  expect(hits.map(({ path }) => path)).toEqual(['a.txt']);
  for await (const _ of base.ask('What ends for quillfeather@corp.example?', { log: true, cache: true }));
  const session = await base.chat();
  for await (const _ of session.ask('And for quillfeather@corp.example?'));
  expect(session.turns()[0]?.question).toMatch(/^And for <email-[0-9a-f]{10}>\?$/);
  const { path } = base;
  base.close();
  for (const name of readdirSync(dirname(path)))
    expect(
      readFileSync(join(dirname(path), name))
        .toString('latin1')
        .toLowerCase(),
    ).not.toContain('quillfeather');
});
