import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { defaultValues, groupSettings } from '../../../src/config/settings.ts';
import { finish, openTemporary, temporaryFolder } from '../temporary-knowledge-base.ts';

const settings = groupSettings({
  ...defaultValues,
  'privacy.key': 'a key that only tests have',
  'database.key': 'a passphrase that only tests have',
});

test('what was stored raw in an encrypted database is overwritten, and the database stays encrypted', async () => {
  const folder = temporaryFolder({ 'a.txt': 'ask quillfeather@secretdomain.example' });
  const base = await openTemporary({ settings });
  const { path } = base;
  await finish(base.add(folder.path));
  folder.write({ 'a.txt': 'ask quillfeather@secretdomain.example soon' });
  await finish(base.sync());
  const history = await base.history();
  expect(history.figures().versions).toBe(1);
  await finish(base.add(folder.path, { pii: 'redact' }));
  expect(history.figures().versions).toBe(0);
  base.close();
  for (const name of readdirSync(dirname(path)))
    expect(readFileSync(`${dirname(path)}/${name}`).toString('latin1')).not.toMatch(/SQLite format 3|quillfeather/);
  const again = await openTemporary({ settings, path });
  expect(again.get('a.txt').text).toBe('ask [email] soon');
  expect((await again.search('quillfeather')).hits).toEqual([]);
});
