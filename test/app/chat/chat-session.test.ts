import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { ChatEvent, ChatOptions, ChatSession } from '../../../src/app/chat/types.ts';
import type { KnowledgeBase } from '../../../src/app/types.ts';
import { defaultSettings } from '../../../src/config/settings.ts';
import type { ModelServer, Reply } from '../../servers/model-server.ts';
import { startOllamaServer } from '../../servers/ollama.ts';
import { openRaw } from '../../store/temporary-store.ts';
import { finish, openTemporary, temporaryFolder } from '../temporary-knowledge-base.ts';

const DOCUMENTS = {
  'leave.md':
    '# Parental leave\n\nEach parent has 26 weeks of parental leave. Parental leave is approved by the head of people.\n',
  'hotels.md':
    '# Hotels\n\nThe hotel limit for employees is 140 euros a night. The hotel limit for contractors is 90 euros a night.\n',
};

const servers: ModelServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function open(options: { path?: string; readOnly?: boolean; host?: string } = {}): Promise<KnowledgeBase> {
  const folder = temporaryFolder(DOCUMENTS);
  const path = options.path ?? join(folder.path, 'rag.db');
  const settings = {
    ...defaultSettings,
    ...(options.host ? { ollama: { ...defaultSettings.ollama, host: options.host } } : {}),
  };
  const knowledgeBase = await openTemporary({ path, settings, readOnly: options.readOnly ?? false });
  if (!options.path) await finish(knowledgeBase.add(folder.path));
  return knowledgeBase;
}

async function withModel(reply: Reply) {
  const server = await startOllamaServer({ reply });
  servers.push(server);
  const knowledgeBase = await open({ host: server.origin });
  const chat = (options: ChatOptions = {}) =>
    knowledgeBase.chat({ ...options, settings: { model: 'ollama/llama3.2', ...options.settings } });
  return { server, knowledgeBase, chat };
}

const collect = async (events: AsyncIterable<ChatEvent>): Promise<ChatEvent[]> => {
  const found: ChatEvent[] = [];
  for await (const event of events) found.push(event);
  return found;
};
const ask = (session: ChatSession, question: string) => collect(session.ask(question));
const typesOf = (events: readonly ChatEvent[]) => [...new Set(events.map(({ type }) => type))];
const promptOf = (server: ModelServer): string => server.requests.at(-1)?.messages.at(-1)?.content ?? '';

describe('a conversation without a model', () => {
  test('is answered by extraction, saved, and opens again with passages and quotes', async () => {
    const knowledgeBase = await open();
    const session = await knowledgeBase.chat();
    const events = await ask(session, 'Who approves parental leave?');
    expect(typesOf(events)).toEqual(['turn-start', 'search-end', 'text-delta', 'citation', 'answer-end', 'turn-end']);
    const [turn] = session.turns();
    expect(turn).toMatchObject({ id: 1, state: 'done', searchedFor: 'Who approves parental leave?' });
    expect(turn?.sources[0]).toMatchObject({
      marker: 1,
      cited: true,
      state: 'there',
      path: expect.stringMatching('leave.md'),
    });

    const again = await knowledgeBase.chat({ continue: true });
    expect(again.id()).toBe(session.id());
    expect(again.name()).toBe('Who approves parental leave');
    expect(again.turns()[0]?.answer?.citations).toMatchObject(
      turn?.answer?.citations.map(({ quote, marker }) => ({ quote, marker })) ?? [],
    );
    expect(again.turns()[0]?.answer?.hits[0]?.chunk.text).toBe(turn?.answer?.hits[0]?.chunk.text);
  });

  test('rewrites a follow-up by rules, and leaves alone what stands alone', async () => {
    const session = await (await open()).chat();
    await ask(session, 'What is the hotel limit for employees?');
    const events = await ask(session, 'and for contractors?');
    expect(events.find(({ type }) => type === 'rewritten')).toEqual({
      type: 'rewritten',
      question: 'What is the hotel limit for contractors?',
      by: 'rules',
    });
    expect(session.turns()[1]).toMatchObject({
      question: 'and for contractors?',
      text: expect.stringContaining('90 euros'),
    });
    expect(typesOf(await ask(session, 'Who approves parental leave?'))).not.toContain('rewritten');
  });

  test('holds no text of passages in the file, but by what the answer says', async () => {
    const knowledgeBase = await open();
    const session = await knowledgeBase.chat();
    await ask(session, 'Who approves parental leave?');
    const { sources, answer } = openRaw(knowledgeBase.path).prepare('SELECT sources, answer FROM turns').get() as {
      sources: string;
      answer: string;
    };
    expect(`${sources}${answer}`).not.toContain('26 weeks');
  });

  test('says of an old session what was changed and what is gone', async () => {
    const folder = temporaryFolder(DOCUMENTS);
    const knowledgeBase = await openTemporary({ path: join(temporaryFolder().path, 'rag.db') });
    await finish(knowledgeBase.add(folder.path));
    const session = await knowledgeBase.chat();
    await ask(session, 'Who approves parental leave?');
    await ask(session, 'What is the hotel limit for employees?');
    folder.remove('leave.md');
    folder.write({ 'hotels.md': '# Hotels\n\nThe hotel limit for employees is 200 euros a night.\n' });
    await finish(knowledgeBase.sync());
    const again = await knowledgeBase.chat({ session: String(session.id()) });
    const state = (turn: number, path: string) =>
      again.turns()[turn]?.sources.find((source) => source.path.endsWith(path))?.state;
    expect(state(0, 'leave.md')).toBe('gone');
    expect(state(1, 'hotels.md')).toBe('changed');
    expect(again.turns()[0]).toMatchObject({ state: 'done', text: session.turns()[0]?.text });
  });

  test('goes on unsaved where the database can only be read, and says so', async () => {
    const writable = await open();
    const knowledgeBase = await open({ path: writable.path, readOnly: true });
    const session = await knowledgeBase.chat();
    expect(session.unsavedReason()).toContain('only be read');
    await ask(session, 'Who approves parental leave?');
    expect(session.turns()[0]?.state).toBe('done');
    expect(session.id()).toBeNull();
    expect((await knowledgeBase.sessions()).list()).toEqual([]);
    expect(() => session.save()).toThrow(/only be read/);
  });

  test('is kept from the file with save: false until it is saved', async () => {
    const knowledgeBase = await open();
    const session = await knowledgeBase.chat({ save: false });
    await ask(session, 'Who approves parental leave?');
    expect((await knowledgeBase.sessions()).list()).toEqual([]);
    session.save('leave');
    expect((await knowledgeBase.sessions()).show('leave').transcript[0]?.state).toBe('done');
  });

  test('goes on while another process writes, and is saved afterwards', async () => {
    const knowledgeBase = await open();
    const session = await knowledgeBase.chat();
    const other = openRaw(knowledgeBase.path);
    other.exec('BEGIN IMMEDIATE');
    const events = await ask(session, 'Who approves parental leave?');
    expect(events.filter(({ type }) => type === 'note').length).toBeGreaterThan(0);
    expect(session.turns()[0]?.state).toBe('done');
    other.exec('ROLLBACK');
    await ask(session, 'What is the hotel limit for employees?');
    expect((await knowledgeBase.sessions()).list()[0]?.turns).toBe(2);
  });

  test('tells of turns that another process added, and keeps both', async () => {
    const knowledgeBase = await open();
    const first = await knowledgeBase.chat();
    await ask(first, 'Who approves parental leave?');
    const second = await knowledgeBase.chat({ continue: true });
    await ask(second, 'What is the hotel limit for employees?');
    const events = await ask(first, 'How many weeks of parental leave are there?');
    expect(events.find(({ type }) => type === 'note')).toMatchObject({
      text: expect.stringContaining('another process'),
    });
    expect(first.turns().map(({ id }) => id)).toEqual([1, 2, 3]);
    expect((await knowledgeBase.sessions()).show(String(first.id())).turns).toBe(3);
  });

  test('goes on without saving when its session was removed meanwhile', async () => {
    const knowledgeBase = await open();
    const session = await knowledgeBase.chat();
    await ask(session, 'Who approves parental leave?');
    (await knowledgeBase.sessions()).remove(String(session.id()));
    await ask(session, 'What is the hotel limit for employees?');
    expect(session.turns()[1]?.state).toBe('done');
    expect(session.unsavedReason()).toContain('removed');
  });

  test('takes questions back: retry, edit and clear, in the file too', async () => {
    const knowledgeBase = await open();
    const session = await knowledgeBase.chat();
    const stored = async () => (await knowledgeBase.sessions()).list()[0]?.turns;
    await ask(session, 'Who approves parental leave?');
    await ask(session, 'What is the hotel limit for employees?');
    await collect(session.retry());
    expect(session.turns().map(({ question }) => question)).toHaveLength(2);
    await collect(session.edit(1, 'What is the hotel limit for contractors?'));
    expect(session.turns().map(({ question }) => question)).toEqual(['What is the hotel limit for contractors?']);
    expect(await stored()).toBe(1);
    session.clear();
    expect([session.turns(), await stored()]).toEqual([[], 0]);
    await expect(collect(session.retry())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(collect(session.edit(7, 'x'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('leaves what another process asked, when it takes its own question back', async () => {
    const knowledgeBase = await open();
    const session = await knowledgeBase.chat();
    await ask(session, 'Who approves parental leave?');
    const other = await knowledgeBase.chat({ session: String(session.id()) });
    await ask(other, 'What is the hotel limit for employees?');
    await collect(session.retry());
    const { transcript } = (await knowledgeBase.sessions()).show(String(session.id()));
    expect(transcript.map(({ question }) => question)).toEqual([
      'What is the hotel limit for employees?',
      'Who approves parental leave?',
    ]);
  });

  test('forgets all of a session that is longer than what was loaded of it', async () => {
    const knowledgeBase = await open();
    const first = await knowledgeBase.chat();
    await ask(first, 'Who approves parental leave?');
    const raw = openRaw(knowledgeBase.path);
    const columns =
      'session_id, asked_at, question, searched_for, state, text, answer, sources, error, process, touched_at';
    raw.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 205)
      INSERT INTO turns (${columns}) SELECT ${columns} FROM turns, n`);
    const session = await knowledgeBase.chat({ session: String(first.id()) });
    expect(session.turns()).toHaveLength(200);
    session.clear();
    expect((await knowledgeBase.sessions()).show(String(first.id())).turns).toBe(0);
    const events = await ask(session, 'What is the hotel limit for employees?');
    expect(events.filter(({ type }) => type === 'note')).toEqual([]);
    expect(session.turns()).toHaveLength(1);
  });

  test('can be asked again after the database could not be read', async () => {
    const knowledgeBase = await open();
    const session = await knowledgeBase.chat();
    await ask(session, 'Who approves parental leave?');
    const raw = openRaw(knowledgeBase.path);
    raw.exec('ALTER TABLE turns RENAME TO elsewhere');
    await expect(ask(session, 'What is the hotel limit?')).rejects.toThrow();
    raw.exec('ALTER TABLE elsewhere RENAME TO turns');
    const events = await ask(session, 'What is the hotel limit for employees?');
    expect(events.at(-1)).toMatchObject({ type: 'turn-end', turn: { state: 'done' } });
  });

  test('answers from the documents that were named only', async () => {
    const session = await (await open()).chat();
    session.change({ files: ['hotels.md'] });
    await ask(session, 'What does it say about parental leave and hotels?');
    expect(new Set(session.turns()[0]?.sources.map(({ title }) => title))).toEqual(new Set(['Hotels']));
    expect(() => session.change({ files: ['hotel.md'] })).toThrow(/no document/);
    expect(() => session.change({ filter: { collections: ['nope'] } })).toThrow(/no collection/);
    expect(() => session.change({ limit: 0 })).toThrow(/limit/);
    expect(() => session.change({ model: 'nope/x' })).toThrow();
  });

  test('refuses a question that is empty or as long as a book, and a second one at a time', async () => {
    const session = await (await open()).chat();
    await expect(ask(session, '  ')).rejects.toMatchObject({ code: 'USAGE' });
    await expect(ask(session, 'x'.repeat(32_001))).rejects.toMatchObject({ code: 'USAGE' });
    const running = session.ask('Who approves parental leave?');
    const first = running[Symbol.asyncIterator]();
    await first.next();
    await expect(ask(session, 'What is the hotel limit?')).rejects.toMatchObject({ code: 'USAGE' });
    await first.return?.();
    expect(session.turns()[0]?.state).toBe('stopped');
  });
});

describe('a conversation with a model', () => {
  test('has what was said beside the passages of this turn, without old citations', async () => {
    const { server, chat } = await withModel(['Each parent ', 'has 26 weeks [1].']);
    const session = await chat();
    await ask(session, 'How many weeks of parental leave are there?');
    await ask(session, 'What is the hotel limit for employees?');
    const prompt = promptOf(server);
    expect(prompt).toMatch(
      /^<conversation>\nUser: How many weeks of parental leave are there\?\nAnswer: Each parent has 26 weeks\.\n<\/conversation>/,
    );
    expect(prompt.indexOf('<passages>')).toBeGreaterThan(0);
    expect(prompt.split('</conversation>')[0]).not.toContain('[1]');
  });

  test('rewrites a follow-up by the model, and by rules where what it writes is no question', async () => {
    let rewritten = 'What is the hotel limit for contractors?';
    const { chat } = await withModel((body) =>
      body.messages[0]?.content.startsWith('You rewrite') ? [rewritten] : ['It is 90 euros [1].'],
    );
    const session = await chat();
    await ask(session, 'What is the hotel limit for employees?');
    const by = async (question: string) => (await ask(session, question)).find((event) => event.type === 'rewritten');
    expect(await by('and what about contractors?')).toMatchObject({ by: 'model', question: rewritten });
    rewritten = 'Banana.';
    expect(await by('Does that apply to trips?')).toMatchObject({ by: 'rules' });
  });

  test('is summarised once it is longer than its room, and says so', async () => {
    const { server, chat } = await withModel((body) =>
      body.messages[0]?.content.startsWith('You summarise')
        ? ['They asked about leave.']
        : [`Leave is long [1]. ${'More. '.repeat(60)}`],
    );
    const session = await chat({ settings: { memoryTokens: 200 } });
    for (let i = 0; i < 6; i++) await ask(session, `How many weeks of parental leave are there in case ${i}?`);
    const events = await ask(session, 'Who approves parental leave?');
    expect(promptOf(server)).toContain('Before that, in short:\nThey asked about leave.');
    expect(session.turns()).toHaveLength(7);
    expect(events.filter(({ type }) => type === 'compacted').length).toBeLessThanOrEqual(1);
    expect(await session.compact()).toMatchObject({ turns: 7 });
  });

  test('opens again with passages that were read as one, until their text is another', async () => {
    const server = await startOllamaServer({ reply: ['The hotel limit for employees is 140 euros a night [1].'] });
    servers.push(server);
    const long = (about: string) => `The rule of ${about} was agreed by the board and is kept for all. `.repeat(60);
    const text = `# Hotels\n\nThe hotel limit for employees is 140 euros a night. ${long('hotels')}\n`;
    const folder = temporaryFolder({ 'hotels.md': text });
    const settings = {
      ...defaultSettings,
      model: 'ollama/llama3.2',
      ollama: { ...defaultSettings.ollama, host: server.origin },
    };
    const knowledgeBase = await openTemporary({ path: join(temporaryFolder().path, 'rag.db'), settings });
    await finish(knowledgeBase.add(folder.path));
    const session = await knowledgeBase.chat();
    await ask(session, 'What is the hotel limit for employees?');
    const [asked] = session.turns();
    const passage = asked?.answer?.hits[0]?.chunk;
    expect(passage?.text.length).toBeGreaterThan(
      (await knowledgeBase.search('hotel limit for employees')).hits[0]?.chunk.text.length ?? Infinity,
    );
    const again = async () => (await knowledgeBase.chat({ session: String(session.id()) })).turns()[0];
    const quotes = (turn: typeof asked) => turn?.answer?.citations.map(({ quote }) => quote);
    expect(await again()).toMatchObject({ sources: asked?.sources.map(() => ({ state: 'there' })) });
    expect(quotes(await again())).toEqual(quotes(asked));

    folder.write({ 'hotels.md': text.replace('140 euros', '200 euros') });
    await finish(knowledgeBase.sync());
    expect((await again())?.sources[0]?.state).toBe('changed');
  });

  test('keeps what the numbers of an answer meant that was stopped', async () => {
    const { server, knowledgeBase, chat } = await withModel(['The hotel limit is 140 euros [2].', ' More.']);
    const more = {
      'trips.md': '# Trips\n\nA trip has a hotel limit.\n',
      'meals.md': '# Meals\n\nNo limit at a hotel.\n',
    };
    await finish(knowledgeBase.add(temporaryFolder(more).path));
    const session = await chat();
    server.fail({ kind: 'stall', afterDeltas: 1 });
    const controller = new AbortController();
    for await (const event of session.ask('What is the hotel limit, and who approves parental leave?', {
      signal: controller.signal,
    })) {
      if (event.type === 'text-delta') controller.abort();
    }
    // The best stand at both ends of a prompt, so the second of it is not the second that was found.
    const titles = [...promptOf(server).matchAll(/<passage id="\d+" title="([^"]*)"/g)].map(([, title]) => title);
    expect(session.turns()[0]).toMatchObject({ state: 'stopped', sources: titles.map((title) => ({ title })) });
    const [kept] = (await knowledgeBase.sessions()).show(String(session.id())).transcript;
    expect(kept).toMatchObject({ state: 'stopped', sources: titles.map((title) => ({ title })) });
  });

  test('goes on after an error of the model, and keeps what had come when it is stopped', async () => {
    const { server, knowledgeBase, chat } = await withModel(['Each parent ', 'has 26 weeks [1].']);
    const session = await chat();
    server.fail({ kind: 'status', status: 404, body: '{"error":"model not found"}' });
    const failed = await ask(session, 'How many weeks of parental leave are there?');
    expect(failed.at(-1)).toMatchObject({
      type: 'turn-end',
      turn: { state: 'failed', error: { message: expect.any(String) } },
    });
    server.fail({ kind: 'stall', afterDeltas: 1 });
    const controller = new AbortController();
    for await (const event of session.ask('How many weeks of parental leave are there?', {
      signal: controller.signal,
    })) {
      if (event.type === 'text-delta') controller.abort();
    }
    expect(session.turns()[1]).toMatchObject({ state: 'stopped', text: expect.stringContaining('Each parent') });
    expect((await ask(session, 'How many weeks of parental leave are there?')).at(-1)).toMatchObject({
      turn: { state: 'done' },
    });
    const states = (await knowledgeBase.sessions()).show(String(session.id())).transcript.map(({ state }) => state);
    expect(states).toEqual(['failed', 'stopped', 'done']);
  });
});

describe('saved sessions', () => {
  test('are found by the start of a name, renamed, exported and removed', async () => {
    const knowledgeBase = await open();
    const session = await knowledgeBase.chat();
    await ask(session, 'Who approves parental leave?');
    const sessions = await knowledgeBase.sessions();
    expect(sessions.rename('who approves', 'leave').name).toBe('leave');
    expect(sessions.export('leave', 'md')).toMatch(/^# leave\n\n## Who approves parental leave\?\n[\s\S]*leave\.md:\d/);
    const json = JSON.parse(sessions.export('leave', 'json')) as { schema: string; data: { turns: unknown[] } };
    expect([json.schema, json.data.turns.length]).toEqual(['rag.session-export/1', 1]);
    expect(() => sessions.rename('leave', '12')).toThrow(/number/);
    expect(() => sessions.show('leaf')).toThrow(/no session "leaf"/);
    sessions.remove('leave');
    expect(sessions.list()).toEqual([]);
  });

  test('with damaged rows still open', async () => {
    const knowledgeBase = await open();
    await ask(await knowledgeBase.chat(), 'Who approves parental leave?');
    openRaw(knowledgeBase.path).exec(
      `UPDATE turns SET answer = '[1,2', sources = '[{"chunkId":1},null]', error = '7'; UPDATE sessions SET settings = '{"limit":-4,"files":9}'`,
    );
    const session = await knowledgeBase.chat({ continue: true });
    expect(session.turns()[0]).toMatchObject({ answer: null, sources: [], state: 'done' });
    expect(session.settings().limit).toBeGreaterThan(0);
  });
});
