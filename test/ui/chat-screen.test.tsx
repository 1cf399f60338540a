import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { describe, expect, test, vi } from 'vitest';
import { finish, openTemporary, temporaryFolder } from '../app/temporary-knowledge-base.ts';
import { createScriptedSession, type Script } from './scripted-session.ts';
import { type StartChat, startChat } from './start-chat.tsx';

const NOTES = '# Notes\n\nAda approves travel.\n\nGrace approves leave.\n';

async function start(scripts: Script[], options: Partial<StartChat> = {}, model: string | null = 'ollama/llama3.2') {
  const folder = temporaryFolder({ 'notes.md': NOTES, 'travel.md': '# Travel\n\nTrains are paid.\n' });
  const knowledgeBase = await openTemporary();
  await finish(knowledgeBase.add(folder.path));
  const session = createScriptedSession(scripts, model);
  const started = startChat({ session, knowledgeBase, workingFolder: folder.path, ...options });
  return { ...started, session, folder, knowledgeBase };
}

const source = (path: string) => ({
  uri: `file://${path}`,
  path: 'notes.md',
  title: 'Notes',
  lines: { start: 3, end: 3 },
});

test('the first screen says what there is, how to begin and which model answers', async () => {
  const { shows } = await start([]);
  await shows('ragstone · 2 documents');
  await shows('Ask a question, or /help');
  await shows('ollama/llama3.2');
});

test('without a model it says so once, and how to set one', async () => {
  const { frame, shows } = await start([{ pieces: ['"Ada approves travel." [1]'] }], {}, null);
  await shows('No model is set');
  await shows('rag config set model');
  expect(frame().match(/No model is set/g)).toHaveLength(1);
});

test('an answer is drawn as Markdown, its sources below it', async () => {
  const { type, shows, frame, session } = await start([
    {
      pieces: ['## Tra', 'vel\n\n- Ada app', 'roves [1]\n\n| a | b |\n|---|---|\n| 1 | 2 |\n'],
      sources: [source('/work/notes.md')],
    },
  ]);
  type('who approves?\r');
  await shows('Sources');
  expect(session.asked).toEqual(['who approves?']);
  const text = frame();
  expect(text).toContain('› who approves?');
  expect(text).toContain('## Travel');
  expect(text).toContain('• Ada approves [1]');
  expect(text).toMatch(/a │ b\n──┼──\n1 │ 2/);
  expect(text).toContain('[1] Notes  ■■■■■ 1.00');
});

test('a follow-up shows what was searched for', async () => {
  const { type, shows } = await start([{ pieces: ['Grace.'], rewritten: 'who approves leave?' }]);
  type('and leave?\r');
  await shows('searched for: who approves leave?');
});

test('keys are shown while an answer is written, and Ctrl-C stops it', async () => {
  const { type, shows } = await start([{ pieces: ['First part.', ' never'], before: new Promise(() => {}) }]);
  type('why?\r');
  await shows('First part.');
  type('next question');
  await shows('› next question');
  await shows('Ctrl-C stops the answer');
  type('\u0003');
  await shows('Stopped. /retry answers it again.');
  await shows('› next question');
});

test('a failing model is told with its hint, and the chat goes on', async () => {
  const { type, shows } = await start([
    { pieces: [], fails: { message: 'Ollama does not answer.', hint: 'Start it with `ollama serve`.' } },
    { pieces: ['Here again.'] },
  ]);
  type('one\r');
  await shows('error: Ollama does not answer.');
  await shows('Start it with `ollama serve`.');
  type('two\r');
  await shows('Here again.');
});

test('what documents say is never obeyed by the terminal', async () => {
  const { type, shows, frame } = await start([
    { pieces: ['a\u001b[2Jb \u001b]0;x\u0007'], sources: [{ ...source('/w'), title: 'T\u001b[31m' }] },
  ]);
  type('x\u202e?\r');
  await shows('Sources');
  expect(frame()).toContain('a\\x1b[2Jb');
  expect(frame()).not.toMatch(/[\u0007\u202e]|\u001b\[2J|\u001b\[31m/);
});

describe('commands', () => {
  test('help lists each of them', async () => {
    const { type, shows } = await start([]);
    type('/help\r');
    await shows('/collection');
    await shows('Alt-Enter or Ctrl-J');
  });
  test('an unknown one suggests the nearest', async () => {
    const { type, shows } = await start([]);
    type('/serach x\r');
    await shows('There is no command /serach.');
    await shows('Did you mean /search?');
  });
  test('search shows passages, and they can be opened', async () => {
    const { type, shows, chat } = await start([]);
    type('/search travel\r');
    await shows(/1\. (Notes|Travel)/);
    expect(chat.store.state().openables.length).toBeGreaterThan(0);
  });
  test('model is changed, a wrong one is refused with a hint', async () => {
    const { type, shows, session } = await start([]);
    type('/model nobody/x\r');
    await shows('error: There is no provider "nobody".');
    type('/model none\r');
    await shows('answers are quoted from the documents');
    expect(session.model()).toBe(null);
    await shows('no model');
  });
  test('collection, filter, file and set change what is asked', async () => {
    const { type, shows, session } = await start([]);
    type('/collection wrk\r');
    await shows('There is no collection "wrk".');
    type('/filter typ:md\r');
    await shows('Did you mean type:…?');
    type('/filter type:md,pdf since:2026-01-01\r');
    await shows('Asked: type');
    expect(session.settings().filter).toEqual({ types: ['md', 'pdf'], since: '2026-01-01' });
    type('/set limit 12\r');
    await shows('limit is 12 now.');
    type('/set mode lexicl\r');
    await shows('"lexicl" is no mode.');
    type('/file notes.md\r');
    await shows('Asked: notes.md.');
  });
  test('add takes files in', async () => {
    const { type, shows, folder } = await start([]);
    folder.write({ 'more/new.md': '# New\n\nNew text.\n' });
    type(`/add ${folder.path}/more\r`);
    await shows('1 added');
    await shows('3 documents');
  });
  test('copy sends the answer to the clipboard of the terminal', async () => {
    const { type, shows, sent } = await start([{ pieces: ['Ada. [1]'] }]);
    type('who?\r');
    await shows('Ada. [1]');
    type('/copy\r');
    await shows('Sent to the clipboard');
    expect(sent).toEqual([`\u001b]52;c;${Buffer.from('Ada. [1]').toString('base64')}\u0007`]);
  });
  test('too long an answer is not copied in part', async () => {
    const { type, shows, sent } = await start([{ pieces: ['x'.repeat(80_000)] }]);
    type('long?\r');
    await shows('1 question');
    type('/copy\r');
    await shows('too long for the clipboard');
    expect(sent).toEqual([]);
  });
  test('save writes a file, but never over one that is there', async () => {
    const { type, shows, folder } = await start([{ pieces: ['Ada.'] }]);
    type('who?\r');
    await shows('Ada.');
    type('/save talk.md\r');
    await shows('Written to');
    expect(readFileSync(join(folder.path, 'talk.md'), 'utf8')).toBe('# who?\n');
    type('/save talk.md\r');
    await shows('is there already');
  });
  test('edit without a question puts the last one into the input', async () => {
    const { type, shows } = await start([{ pieces: ['Ada.'] }]);
    type('who?\r');
    await shows('Ada.');
    type('/edit\r');
    await shows('› /edit who?');
  });
  test('clear forgets the conversation', async () => {
    const { type, shows, session, wiped } = await start([{ pieces: ['Ada.'] }]);
    type('who?\r');
    await shows('Ada.');
    type('/clear\r');
    await shows('The conversation is forgotten.');
    expect(session.turns()).toEqual([]);
    expect(wiped()).toBe(1);
  });
  test('exit leaves', async () => {
    const { type, hasLeft } = await start([]);
    type('/exit\r');
    await vi.waitFor(() => expect(hasLeft()).toBe(true));
  });
});

describe('completion', () => {
  test('of a command', async () => {
    const { type, shows } = await start([]);
    type('/coll\t');
    await shows('› /collection ');
  });
  test('of a document by the middle of its name', async () => {
    const { type, shows } = await start([]);
    type('/file ote\t');
    await shows(/› \/file .*notes\.md/);
  });
  test('of a path', async () => {
    const { type, shows, folder } = await start([]);
    folder.write({ 'deep/one.md': 'x', 'deep/two.md': 'y' });
    type('/add de\t');
    await shows('› /add deep/');
    type('\t');
    await shows('deep/two.md');
  });
});

describe('opening a source', () => {
  const opened = async (
    keys: string,
    programs: Partial<Record<'pager' | 'editor' | 'opener', string>>,
    script: string,
  ) => {
    const tool = temporaryFolder();
    const program = join(tool.path, 'program');
    const log = join(tool.path, 'log');
    writeFileSync(program, `#!/bin/sh\n${script.replaceAll('LOG', log)}\n`);
    chmodSync(program, 0o755);
    const named = Object.fromEntries(
      Object.entries(programs).map(([name, value]) => [name, value.replace('PROGRAM', program)]),
    );
    const folder = temporaryFolder({ 'notes.md': NOTES });
    const knowledgeBase = await openTemporary();
    await finish(knowledgeBase.add(folder.path));
    const session = createScriptedSession([{ pieces: ['Ada. [1]'], sources: [source(join(folder.path, 'notes.md'))] }]);
    const chat = startChat({
      session,
      knowledgeBase,
      workingFolder: folder.path,
      programs: { pager: 'false', editor: 'false', opener: 'false', ...named },
    });
    chat.type('who?\r');
    await chat.shows('Sources');
    chat.type(keys);
    await vi.waitFor(() => expect(readFileSync(log, 'utf8')).not.toBe(''), { timeout: 10_000 });
    return { ...chat, folder, read: () => readFileSync(log, 'utf8') };
  };

  test('the pager gets its text as the knowledge base holds it', async () => {
    const { read, lent } = await opened('\u000f1', { pager: 'PROGRAM' }, 'cat > LOG');
    await vi.waitFor(() => expect(lent).toEqual(['begin', 'end']));
    expect(read()).toBe(NOTES);
  });
  test('the editor gets its path', async () => {
    const { read, folder } = await opened('\u000fe', { editor: 'PROGRAM --wait' }, 'echo "$@" > LOG');
    expect(read()).toBe(`--wait ${folder.path}/notes.md\n`);
  });
  test('what the system opens gets its path, and the chat keeps the terminal', async () => {
    const { read, lent, folder, shows } = await opened('/open 1 outside\r', { opener: 'PROGRAM' }, 'echo "$@" > LOG');
    expect(read()).toBe(`${folder.path}/notes.md\n`);
    await shows('Opened outside: Notes');
    expect(lent).toEqual([]);
  });
});

test.each([60, 40, 20])('in %i columns no line is wider than the screen', async (columns) => {
  const { type, shows, frame } = await start(
    [
      {
        pieces: [
          'A long answer about travel and expenses that has to be wrapped. 日本語の文章です [1]\n\n| column one | column two |\n|---|---|\n| some text | more text |\n',
        ],
        sources: [source('/work/a/very/long/path/to/the/notes.md')],
      },
    ],
    { columns, rows: 16 },
  );
  type('a question that is longer than the narrow screen is wide, surely?\r');
  await shows('Sources');
  type('/mod\u000f');
  for (const line of frame().split('\n')) expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
});
