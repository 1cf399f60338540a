import { beforeAll, describe, expect, test } from 'vitest';
import { createInputDecoder } from '../../../src/ui/input/decode-input.ts';
import { loadMarkdown } from '../../../src/ui/markdown/lex-markdown.ts';
import { initialState, reduce } from '../../../src/ui/state/reduce.ts';
import type { Action, Effect, ItemContent, Openable, State } from '../../../src/ui/state/types.ts';
import { createRandom, randomText } from '../generators.ts';

beforeAll(loadMarkdown);

const status = { collections: 'all collections', model: 'm', session: 's', documents: 1, turns: 0 };
const welcome: ItemContent = { type: 'welcome', lines: ['hello'] };
const first = (history: string[] = []): State =>
  initialState({ columns: 80, rows: 24, history, status, items: [welcome] });

type Run = { readonly state: State; readonly effects: readonly Effect[] };
const act = (run: Run, ...actions: Action[]): Run =>
  actions.reduce((before, action) => {
    const { state, effects } = reduce(before.state, action);
    return { state, effects: [...before.effects, ...effects] };
  }, run);
/** Keys as a terminal sends them. */
const type = (run: Run | State, keys: string): Run => {
  const before = 'effects' in run ? run : { state: run, effects: [] };
  const decoder = createInputDecoder();
  const inputs = [...decoder.push(keys), ...(decoder.isPending() ? decoder.flush() : [])];
  return act(before, ...inputs.map((input): Action => ({ type: 'input', input })));
};
const shown = ({ state: { draft } }: Run): string =>
  `${draft.text.slice(0, draft.cursor)}|${draft.text.slice(draft.cursor)}`;

const UP = '\u001b[A';
const DOWN = '\u001b[B';
const ESC = '\u001b';
const CTRL = (letter: string): string => String.fromCharCode(letter.charCodeAt(0) - 96);
const openable = (marker: number): Openable => ({
  marker,
  title: `T${marker}`,
  uri: `file:///t${marker}.md`,
  path: `t${marker}.md`,
  type: 'md',
  line: 1,
  page: null,
  chunkId: `c.${marker}`,
  query: 'q',
});

describe('sending', () => {
  test('Enter sends what is written, and clears the input', () => {
    const run = type(first(), 'who?\r');
    expect(run.effects).toEqual([{ type: 'send', text: 'who?' }]);
    expect(shown(run)).toBe('|');
  });
  test('nothing but blanks is not sent', () => expect(type(first(), '  \r').effects).toEqual([]));
  test.each(['\u001b\r', '\n', '\u001b[13;2u', '\\\r'])('%j begins another line', (keys) => {
    const run = type(first(), `one${keys}two`);
    expect(run.effects).toEqual([]);
    expect(shown(run)).toBe('one\ntwo|');
  });
  test('a paste of several lines is put in, not sent', () =>
    expect(shown(type(first(), '\u001b[200~one\r\ntwo\r\n\u001b[201~'))).toBe('one\ntwo\n|'));
  test('while an answer is written Enter keeps what is written, and says why', () => {
    const run = type(act({ state: first(), effects: [] }, { type: 'begin', kind: 'answer', phase: 'x' }), 'next\r');
    expect(run.effects).toEqual([]);
    expect(shown(run)).toBe('next|');
    expect(run.state.notice).toContain('Ctrl-C');
  });
});

describe('leaving and stopping', () => {
  test('Ctrl-D leaves when nothing is written, else deletes', () => {
    expect(type(first(), CTRL('d')).effects).toEqual([{ type: 'leave' }]);
    const run = type(first(), `ab${CTRL('a')}${CTRL('d')}`);
    expect(run.effects).toEqual([]);
    expect(shown(run)).toBe('|b');
  });
  test('Ctrl-C stops what is under way and keeps the draft', () => {
    const run = type(
      act({ state: first(), effects: [] }, { type: 'begin', kind: 'answer', phase: 'x' }),
      `ab${CTRL('c')}`,
    );
    expect(run.effects).toEqual([{ type: 'stop' }]);
    expect(run.state.running?.isStopping).toBe(true);
    expect(shown(run)).toBe('ab|');
  });
  test('Ctrl-C clears the input, and on an empty one says how to leave', () => {
    const cleared = type(first(), `ab${CTRL('c')}`);
    expect(shown(cleared)).toBe('|');
    expect(shown(type(cleared, CTRL('y')))).toBe('ab|');
    expect(type(first(), CTRL('c')).state.notice).toContain('Ctrl-D');
  });
  test('what is said below the input goes with the next key', () =>
    expect(type(type(first(), CTRL('c')), 'a').state.notice).toBe(''));
});

describe('history', () => {
  const asked = first(['first one', 'second two', 'third one']);
  test('up goes back, down returns to what was being written', () => {
    expect(shown(type(asked, `draft${UP}${UP}`))).toBe('second two|');
    expect(shown(type(asked, `draft${UP}${UP}${DOWN}${DOWN}`))).toBe('draft|');
    expect(shown(type(asked, UP.repeat(9)))).toBe('first one|');
  });
  test('in several lines up goes to the line above first', () =>
    expect(shown(type(asked, `one\ntwo${UP}`))).toBe('one|\ntwo'));
  test('what is sent stands at its end, once', () =>
    expect(type(asked, 'first one\r').state.history).toEqual(['second two', 'third one', 'first one']));
  test('Ctrl-R finds by a part, again goes further back, Enter takes it', () => {
    expect(shown(type(asked, `${CTRL('r')}ONE`))).toBe('third one|');
    expect(shown(type(asked, `${CTRL('r')}one${CTRL('r')}`))).toBe('first one|');
    expect(type(asked, `${CTRL('r')}two\r`).effects).toEqual([{ type: 'send', text: 'second two' }]);
  });
  test('Esc gives the search up', () => {
    const run = type(asked, `mine${CTRL('r')}two${ESC}`);
    expect(shown(run)).toBe('mine|');
    expect(run.state.lookup).toBe(null);
  });
  test('what former sessions asked comes before what was sent in this one', () => {
    const run = act(type(first(), 'now\r'), { type: 'history', entries: ['old', 'now', 'older'] });
    expect(run.state.history).toEqual(['old', 'older', 'now']);
  });
});

describe('completion', () => {
  const complete = (run: Run, candidates: string[], start = 0): Run =>
    act(run, {
      type: 'completions',
      draft: run.state.draft.text,
      start,
      end: run.state.draft.text.length,
      candidates: candidates.map((text) => ({ text })),
    });
  test('Tab asks for what completes the word', () =>
    expect(type(first(), '/mo\t').effects).toEqual([{ type: 'complete', text: '/mo', cursor: 3 }]));
  test('the only one is put in whole', () =>
    expect(shown(complete(type(first(), '/mo'), ['/model']))).toBe('/model |'));
  test('of several what they have in common, then one after the other', () => {
    const run = complete(type(first(), '/s'), ['/search', '/session', '/set']);
    expect(shown(run)).toBe('/se|');
    expect(shown(type(run, '\t'))).toBe('/search|');
    expect(shown(type(run, '\t\t'))).toBe('/session|');
    expect(shown(type(run, '\u001b[Z'))).toBe('/set|');
    expect(type(run, 'x').state.completion).toBe(null);
  });
  test('what comes too late is dropped', () => {
    const asked = type(first(), '/mo');
    const late = act(type(asked, 'x'), {
      type: 'completions',
      draft: '/mo',
      start: 0,
      end: 3,
      candidates: [{ text: '/model' }],
    });
    expect(shown(late)).toBe('/mox|');
  });
});

describe('opening a source', () => {
  const ready = act(
    { state: first(), effects: [] },
    { type: 'openables', openables: [openable(1), openable(2), openable(12)] },
  );
  const opened = (run: Run) =>
    run.effects.map((effect) => (effect.type === 'open' ? `${effect.openable.marker} ${effect.way}` : effect.type));
  test('Ctrl-O lists them; Enter, a number and letters open', () => {
    expect(opened(type(ready, `${CTRL('o')}\r`))).toEqual(['1 best']);
    expect(opened(type(ready, `${CTRL('o')}${DOWN}e`))).toEqual(['2 editor']);
    expect(opened(type(ready, `${CTRL('o')}2`))).toEqual(['2 best']);
    expect(opened(type(ready, `${CTRL('o')}o`))).toEqual(['1 system']);
  });
  test('Esc closes the list, and what is written stays', () => {
    const run = type(ready, `ab${CTRL('o')}${ESC}`);
    expect(run.state.picker).toBe(null);
    expect(shown(run)).toBe('ab|');
  });
  test('Alt and a number opens at once', () => expect(opened(type(ready, '\u001b2'))).toEqual(['2 best']));
  test('without sources it says so', () => expect(type(first(), CTRL('o')).state.notice).toContain('no source'));
});

describe('an answer', () => {
  const begun = act({ state: first(), effects: [] }, { type: 'begin', kind: 'answer', phase: 'searching' });
  const texts = ({ state }: Run): string[] =>
    state.items.flatMap((item) => (item.type === 'markdown' ? [item.text] : []));
  test('paragraphs are printed as they become final, the rest at its end', () => {
    const run = act(begun, { type: 'text', text: 'one\n\ntwo' });
    expect(texts(run)).toEqual(['one\n\n']);
    expect(run.state.running?.tail).toBe('two');
    expect(texts(act(run, { type: 'end', items: [] }))).toEqual(['one\n\n', 'two']);
  });
  test('text that comes after the end is dropped', () =>
    expect(texts(act(begun, { type: 'end', items: [] }, { type: 'text', text: 'late' }))).toEqual([]));
  test('what is never final does not grow without bound', () => {
    let run = act(begun, { type: 'text', text: '- a\n\n' });
    for (let piece = 0; piece < 400; piece++)
      run = act(run, { type: 'text', text: `  paragraph ${piece} of the item\n\n` });
    expect(run.state.running!.tail.length).toBeLessThan(12_000);
  });
});

describe('drawing anew', () => {
  test('Ctrl-L and another size wipe the screen and print what can be seen again', () => {
    const full = act(
      { state: first(), effects: [] },
      { type: 'print', items: Array.from({ length: 100 }, () => welcome) },
    );
    for (const run of [type(full, CTRL('l')), act(full, { type: 'resize', columns: 60, rows: 20 })]) {
      expect(run.effects).toEqual([{ type: 'wipe' }]);
      expect(run.state.epoch).toBe(full.state.epoch + 1);
      expect(run.state.items.length - run.state.firstItem).toBe(40);
    }
  });
  test('the same size does nothing', () =>
    expect(act({ state: first(), effects: [] }, { type: 'resize', columns: 80, rows: 24 }).effects).toEqual([]));
});

test('whatever keys and events come, the state holds together', () => {
  const random = createRandom(99);
  const keys = [
    '\r',
    '\n',
    '\t',
    '\u001b[Z',
    ESC,
    UP,
    DOWN,
    '\u001b[C',
    '\u007f',
    '\u001b[3~',
    'a',
    '/s',
    '1',
    'e',
    ' ',
  ];
  for (const letter of 'abcdefjklnoprtuwy') keys.push(CTRL(letter), `\u001b${letter}`);
  for (let run = 0; run < 60; run++) {
    let now: Run = { state: first(['one', 'two\nlines']), effects: [] };
    for (let step = 0; step < 80; step++) {
      const draft = now.state.draft.text;
      const actions: Action[] = [
        { type: 'begin', kind: 'answer', phase: 'x' },
        { type: 'text', text: randomText(random, 4) },
        { type: 'end', items: [welcome] },
        { type: 'openables', openables: random(2) === 0 ? [] : [openable(1), openable(2)] },
        { type: 'resize', columns: 20 + random(80), rows: 5 + random(40) },
        { type: 'completions', draft, start: 0, end: draft.length, candidates: [{ text: 'ab' }, { text: 'ac' }] },
        { type: 'draft', text: randomText(random, 3) },
        { type: random(2) === 0 ? 'suspend' : 'resume' },
      ];
      now =
        random(3) === 0
          ? act(now, actions[random(actions.length)]!)
          : type(now, keys[random(keys.length)]! + (random(4) === 0 ? randomText(random, 2) : ''));
      const { draft: after, picker, openables, completion, items, firstItem, recalled, history } = now.state;
      expect(after.cursor).toBeGreaterThanOrEqual(0);
      expect(after.cursor).toBeLessThanOrEqual(after.text.length);
      if (picker) expect(openables[picker.selected]).toBeDefined();
      if (completion) expect(completion.end).toBeLessThanOrEqual(after.text.length);
      if (recalled) expect(history[recalled.at]).toBeDefined();
      expect(firstItem).toBeLessThanOrEqual(items.length);
      expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    }
  }
});
