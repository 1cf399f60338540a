import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MAX_SESSIONS, MAX_TURNS } from '../../../src/store/sqlite/sessions.ts';
import type { NewTurn, Store } from '../../../src/store/types.ts';
import { openRaw, openTemporaryStore, temporaryDatabasePath } from '../temporary-store.ts';

const turn = (question: string): NewTurn => ({
  askedAt: '2026-03-01T10:00:00.000Z',
  question,
  searchedFor: question,
  state: 'running',
  text: '',
  answer: null,
  sources: [],
  error: null,
  process: 1,
  touchedAt: '2026-03-01T10:00:00.000Z',
});

const put = (store: Store, name: string): number =>
  store.record((recorder) => recorder.putSession({ name, settings: { limit: 3 } }));
const questions = (store: Store, id: number, options = { after: 0, limit: 99 }) =>
  store.sessionTurns(id, options).map(({ question }) => question);

describe('sessions', () => {
  test('are found by id and by name, with their first question', () => {
    const store = openTemporaryStore();
    const id = put(store, 'travel');
    store.record((recorder) => recorder.putTurn(id, turn('Who approves travel?')));
    expect(store.session(id)).toMatchObject({
      name: 'travel',
      settings: { limit: 3 },
      turns: 1,
      firstQuestion: 'Who approves travel?',
    });
    expect(store.sessionNamed('travel')?.id).toBe(id);
    expect([store.session(99), store.sessionNamed('x')]).toEqual([null, null]);
  });

  test('with the same name get a number', () => {
    const store = openTemporaryStore();
    for (const _ of [1, 2, 3]) put(store, 'travel');
    expect(store.sessions(9).map(({ name }) => name)).toEqual(['travel 3', 'travel 2', 'travel']);
    const other = put(store, 'leave');
    store.record((recorder) => recorder.changeSession(other, { name: 'travel' }));
    expect(store.session(other)?.name).toBe('travel 4');
  });

  test('take their turns with them and leave nothing to read in the file', () => {
    const path = temporaryDatabasePath();
    const store = openTemporaryStore(path);
    const id = put(store, 'travel');
    store.record((recorder) => recorder.putTurn(id, turn('confidential question')));
    store.checkpoint();
    expect(readFileSync(path).toString('latin1')).toContain('confidential question');
    expect(store.record((recorder) => recorder.removeSession(id))).toBe(true);
    store.checkpoint();
    expect(readFileSync(path).toString('latin1')).not.toContain('confidential question');
    expect(openRaw(path).prepare('SELECT count(*) FROM turns').pluck().get()).toBe(0);
    expect(store.record((recorder) => recorder.putTurn(id, turn('too late')))).toBeNull();
  });

  test(`are kept up to ${MAX_SESSIONS}, the oldest go`, () => {
    const store = openTemporaryStore();
    store.record((recorder) => {
      for (let i = 0; i <= MAX_SESSIONS; i++) recorder.putSession({ name: `s${i}`, settings: {} });
    });
    expect(store.sessions(MAX_SESSIONS * 2)).toHaveLength(MAX_SESSIONS);
    expect(store.sessionNamed('s0')).toBeNull();
  });
});

describe('turns', () => {
  test('come in order, the last of many, and those after one', () => {
    const store = openTemporaryStore();
    const id = put(store, 'travel');
    const ids = store.record((recorder) => ['a', 'b', 'c'].map((text) => recorder.putTurn(id, turn(text)) as number));
    expect(questions(store, id)).toEqual(['a', 'b', 'c']);
    expect(questions(store, id, { after: 0, limit: 2 })).toEqual(['b', 'c']);
    expect(questions(store, id, { after: ids[1] as number, limit: 9 })).toEqual(['c']);
    store.record((recorder) => recorder.removeTurns(id, { from: ids[1] as number, to: ids[2] as number }));
    expect(questions(store, id)).toEqual(['a']);
  });

  test('change, unless they are gone', () => {
    const store = openTemporaryStore();
    const id = put(store, 'travel');
    const row = store.record((recorder) => recorder.putTurn(id, turn('a'))) as number;
    const done = { ...turn('a'), state: 'done', text: 'Yes [1].', answer: { model: 'x' } };
    expect(store.record((recorder) => recorder.changeTurn(row, done))).toBe(true);
    expect(store.sessionTurns(id, { after: 0, limit: 9 })[0]).toMatchObject({ state: 'done', answer: { model: 'x' } });
    expect(store.record((recorder) => recorder.changeTurn(row + 1, done))).toBe(false);
  });

  test(`are kept up to ${MAX_TURNS} in a session`, () => {
    const store = openTemporaryStore();
    const id = put(store, 'long');
    store.record((recorder) => {
      for (let i = 0; i < MAX_TURNS + 3; i++) recorder.putTurn(id, turn(`q${i}`));
    });
    expect(store.session(id)).toMatchObject({ turns: MAX_TURNS, firstQuestion: 'q3' });
  });

  test('whose values are damaged still come', () => {
    const path = temporaryDatabasePath();
    const store = openTemporaryStore(path);
    const id = put(store, 'travel');
    store.record((recorder) => recorder.putTurn(id, turn('a')));
    openRaw(path).exec(`UPDATE turns SET answer = '{"mod', sources = 'x'`);
    expect(store.sessionTurns(id, { after: 0, limit: 9 })[0]).toMatchObject({ question: 'a', answer: null });
  });
});
