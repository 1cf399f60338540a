import { expect, test } from 'vitest';
import { listMailbox } from '../../../src/parse/container/list-mailbox.ts';
import type { FoundMember, MemberSink } from '../../../src/parse/container/types.ts';
import { bytesAccess } from '../../../src/parse/random-access.ts';

const MIB = 2 ** 20;

function messagesOf(mailbox: string | Buffer, scanBytes = 1_000 * MIB, namesSubjects = true) {
  const bytes = Buffer.from(mailbox as string);
  const members: FoundMember[] = [];
  const sink: MemberSink = {
    admit: (name) => name,
    leaveOut: () => {},
    put: (member) => void members.push(member),
    count: () => {},
    spool: { append: () => {}, file: '', length: 0 },
  };
  let parts = 0;
  for (let from: number | null = 0; from !== null; parts++) {
    from = listMailbox(bytesAccess(bytes), {
      from,
      scanBytes,
      namesSubjects,
      place: { file: 'x', start: 100, length: bytes.length },
      sink,
    });
  }
  const texts = members.map(({ content: { start, length } }) =>
    bytes.toString('utf8', start - 100, start - 100 + length),
  );
  return { names: members.map(({ path }) => path), texts, parts };
}

const message = (n: number, body: string) =>
  `From a@example.org Mon Mar  2 10:00:00 2020\nSubject: Number ${n}\nMessage-ID: <${n}@example.org>\n\n${body}\n\n`;

test('messages are found where an empty line and a dated "From " line stand, and nowhere else', () => {
  const { texts } = messagesOf(
    `${message(1, 'From here on\nit is text.\nFrom a@b Mon Mar  2 10:00:00 2020')}${message(2, 'two')}`,
  );
  expect(texts).toHaveLength(2);
  expect(texts[0]).toContain('From a@b');
  expect(texts[1]).toMatch(/^Subject: Number 2/);
});

test.each([0, 1, 2, 3, 5, 20, 60])(
  'a message that begins %i bytes before the end of a window is found once',
  (before) => {
    const head = message(1, '');
    const filler = `${'x'.repeat(8 * MIB - head.length - before)}`;
    const { texts } = messagesOf(message(1, filler) + message(2, 'two') + message(3, 'three'));
    expect(texts.map((text) => /Number (\d)/.exec(text)?.[1])).toEqual(['1', '2', '3']);
  },
);

test('parts of a mailbox give what the whole gives, each message once', () => {
  const mailbox = Array.from({ length: 60 }, (_, n) => message(n, `text ${n}\n`.repeat(n * 7))).join('');
  const whole = messagesOf(mailbox);
  expect(whole.texts).toHaveLength(60);
  for (const scanBytes of [1, 1_000, 7_777]) {
    const inParts = messagesOf(mailbox, scanBytes);
    expect(inParts.parts).toBeGreaterThan(1);
    expect([inParts.texts, inParts.names]).toEqual([whole.texts, whole.names]);
  }
});

test('line ends of Windows are understood, and a subject in words of MIME is readable', () => {
  const one = message(1, 'one')
    .replace('Number 1', '=?UTF-8?Q?Gr=C3=BC=C3=9Fe_aus_K=C3=B6ln?=')
    .replaceAll('\n', '\r\n');
  const { names, texts } = messagesOf(one + message(2, 'two').replaceAll('\n', '\r\n'));
  expect(texts).toHaveLength(2);
  expect(names[0]).toMatch(/^Grüße-aus-Köln-[0-9a-f]{8}\.eml$/);
});

test('where names must not tell, they do not', () => {
  expect(messagesOf(message(1, 'x'), MIB, false).names[0]).toMatch(/^message-[0-9a-f]{16}\.eml$/);
});
