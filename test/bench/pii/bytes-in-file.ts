import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openKnowledgeBase } from '../../../src/app/open-knowledge-base.ts';
import { defaultValues, groupSettings } from '../../../src/config/settings.ts';
import type { Sample } from './samples.ts';

export type BytesCounted = {
  readonly documents: number;
  /** Former versions that are still there. */
  readonly versions: number;
  readonly values: number;
  readonly bytes: number;
  /** Values that stand somewhere in the file, each with where it came from. */
  readonly found: readonly string[];
};

const PER_DOCUMENT = 40;

/** What the documents and the base go through before the bytes are looked at. */
export type Course = {
  readonly treatment: 'redact' | 'pseudonymize';
  /** Whether the treatment is a setting, or the source's own. */
  readonly isOwn: boolean;
  /** Stored as they are first, asked for, talked about, marked and edited, and treated only then. */
  readonly isLate: boolean;
};

/**
 * Ingests the samples as Markdown, CSV, JSON, HTML and mail, asks for some of the values, and looks through every byte
 * of the database for each of them: as it is written, without its separators, and without what hides it.
 */
export async function countBytesInFile(
  folder: string,
  { treatment, isOwn, isLate }: Course,
  samples: readonly Sample[],
): Promise<BytesCounted> {
  const name = [treatment, ...(isOwn ? ['own'] : []), ...(isLate ? ['late'] : [])].join('-');
  const documents = join(folder, `documents-${name}`);
  const database = join(folder, name);
  mkdirSync(documents);
  mkdirSync(database);
  const withValues = samples.filter(({ truths }) => truths.length > 0);
  let count = 0;
  for (let at = 0; at < withValues.length; at += PER_DOCUMENT) {
    const texts = withValues.slice(at, at + PER_DOCUMENT).map(({ text }) => text);
    for (const [name, content] of Object.entries(documentsOf(texts, at === 0))) {
      writeFileSync(join(documents, `${String(at).padStart(5, '0')}.${name}`), content);
      count++;
    }
  }
  const settings = groupSettings({
    ...defaultValues,
    ...(!isOwn && !isLate && { 'privacy.pii': treatment }),
    'privacy.key': 'a key for measurements only',
  });
  const base = await openKnowledgeBase({ path: join(database, 'rag.db'), settings });
  const ask = async (): Promise<void> => {
    const chat = await base.chat({ save: true });
    const usage = await base.usage();
    for (const { text, truths } of withValues.filter((_, index) => index % 97 === 0)) {
      const [{ start, end }] = truths as [Sample['truths'][number]];
      const question = `who has ${text.slice(start, end)}`;
      await base.search(question, { log: true, cache: true });
      usage.addFeedback(question, '00000.a.md');
      for await (const _ of chat.ask(question));
    }
  };
  if (isLate) {
    for await (const _ of base.add(documents));
    await (await base.history()).createSnapshot('before');
    await ask();
    for (const each of readdirSync(documents))
      if (/\.(?:md|txt)$/.test(each)) appendFileSync(join(documents, each), '\n\nEdited.\n');
    for await (const _ of base.sync());
  }
  for await (const _ of base.add(documents, isOwn || isLate ? { pii: treatment } : {}));
  await ask();
  const { versions } = (await base.history()).figures();
  base.close();
  const bytes = Buffer.concat(readdirSync(database).map((name) => readFileSync(join(database, name))));
  const haystacks = [bytes.toString('latin1').toLowerCase(), bytes.toString('utf8').toLowerCase()];
  const found: string[] = [];
  for (const { what, text, truths } of withValues) {
    for (const { rule, start, end } of truths) {
      const value = text.slice(start, end);
      const forms = formsOf(value, rule);
      if (forms.some((form) => haystacks.some((haystack) => haystack.includes(form))))
        found.push(`${rule} (${what}): ${JSON.stringify(value)} of ${JSON.stringify(text)}`);
    }
  }
  return { documents: count, versions, values: withValues.length, bytes: bytes.byteLength, found };
}

const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The same texts in formats that keep them as they are. Mail and a title with a value once are enough. */
const documentsOf = (texts: readonly string[], isFirst: boolean): Readonly<Record<string, string>> => ({
  'a.md': `# ${isFirst ? texts[0] : 'Notes'}\n\n${texts.map((text) => `${text}\n\n`).join('')}`,
  'b.txt': texts.join('\n\n'),
  'c.json': JSON.stringify(texts.map((text, index) => ({ index, note: text }))),
  'd.csv': `number,note\n${texts.map((text, index) => `${index},"${text.replaceAll('"', '""')}"\n`).join('')}`,
  'e.html': `<title>Notes</title><main>${texts.map((text) => `<p>${escapeMarkup(text)}</p>`).join('')}</main>`,
  'f.eml': `From: someone\nSubject: ${texts[0]?.split('\n', 1)[0] ?? ''}\nContent-Type: text/plain; charset=utf-8\n\n${texts.join('\n\n')}`,
});

/** Dates of birth and short numbers are everywhere by chance in compressed bytes; they are looked for as they are written. */
function formsOf(value: string, rule: string): string[] {
  const plain = value.normalize('NFKC').replace(/[\u00ad\u200b]/g, '');
  const bare = plain.replace(/[^\p{L}\p{N}]/gu, '');
  const forms = [value, plain, Buffer.from(value).toString('latin1')];
  return [...forms, ...(rule === 'birth-date' ? [] : [bare])]
    .map((form) => form.toLowerCase())
    .filter((form) => form.length >= 8);
}
