import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { orderSteps } from '../../../src/app/jobs/workflow/order-steps.ts';
import { readWorkflow } from '../../../src/app/jobs/workflow/read-workflow.ts';
import { trustFolder } from '../../../src/config/trust.ts';
import { temporaryFolder } from '../temporary-knowledge-base.ts';

const step = (name: string, rest = 'kind = "sync"') => `[[steps]]\nname = "${name}"\n${rest}\n`;
const read = (text: string, trusted = false) => {
  const folder = temporaryFolder();
  const trustFile = join(folder.path, 'trusted');
  if (trusted) trustFolder(folder.path, trustFile);
  return readWorkflow(text, { file: join(folder.path, 'w.toml'), trustFile });
};

test('steps run in the order of the file, but for what needs a later one or asks for it', async () => {
  const { name, steps } = await read(
    `name = "nightly"\n${step('a', 'kind = "sync"\nneeds = ["c"]')}${step('b', 'kind = "sync"\nwhen = "d.changed > 0"')}${step('c')}${step('d')}`,
  );
  expect(name).toBe('nightly');
  expect(steps.map((each) => each.name)).toEqual(['c', 'a', 'd', 'b']);
  expect(steps[3]).toMatchObject({ needs: [], after: ['d'], line: 6 });
});

test('what a step may have is read', async () => {
  const text = step(
    'e',
    'kind = "eval"\nargs = ["q.jsonl"]\nretry = { times = 2, delay = "30s" }\ntimeout = "2h"\ncontinue = true',
  );
  const { steps } = await read(text);
  expect(steps[0]).toMatchObject({
    given: ['q.jsonl'],
    retry: { times: 2, delayMs: 30_000 },
    timeoutMs: 7_200_000,
    continues: true,
    when: null,
  });
});

describe('what is wrong is said with its line, before anything runs', () => {
  test.each<[string, RegExp]>([
    ['', /:1: there are no steps/],
    ['steps = 3', /:1: there are no steps/],
    [`nome = "x"\n${step('a')}`, /:1: "nome" is nothing/],
    ['[[steps]]\nname = "a"\nkind = "snyc"', /:3: "snyc" is no kind/],
    ['[[steps]]\nkind = "sync"', /:1: the step has no name/],
    ['\n[[steps]]\nname = "a"', /:2: the step has no kind/],
    ['[[steps]]\nname = "a b"\nkind = "sync"', /:2: name must be letters/],
    [step('a') + step('a'), /:4: "a" is also the name of the step in line 1/],
    [step('a', 'kind = "sync"\nneed = ["b"]'), /:4: a step of kind sync has no "need"/],
    [step('a', 'kind = "sync"\nneeds = ["b"]'), /:1: the step "a" needs "b", which is no step/],
    [step('a', 'kind = "sync"\nneeds = "b"'), /:4: needs must be a list/],
    [step('a', 'kind = "sync"\nneeds = ["a"]'), /wait for each other: a -> a/],
    [
      step('a', 'kind = "sync"\nneeds = ["b"]') + step('b', 'kind = "sync"\nwhen = "done(a)"'),
      /wait for each other: a -> b -> a/,
    ],
    [step('a', 'kind = "sync"\nwhen = "x.changed > 0"'), /asks for "x", which is no step/],
    [step('b') + step('a', 'kind = "sync"\nwhen = "b.chnged > 0"'), /asks for b.chnged, which sync does not give/],
    [step('a', 'kind = "sync"\nwhen = "1 +"'), /:4: when cannot be read/],
    [step('a', 'kind = "add"'), /the step has no targets/],
    [step('a', 'kind = "sync"\nretry = { time = 3 }'), /:4: retry has no "time"/],
    [step('a', 'kind = "sync"\nretry = { times = 300 }'), /:4: retry must have times/],
    [step('a', 'kind = "sync"\ntimeout = 10'), /:4: timeout must be a time/],
    [step('a', 'kind = "command"\nargv = []'), /:4: argv names no program/],
    [step('a', 'kind = "command"\nargv = "rm -rf /"'), /:4: argv must be a list/],
    ['[[steps]\nname = 1', /w\.toml:\d+: /],
    [Array.from({ length: 201 }, (_, i) => step(`s${i}`)).join(''), /more than 200 steps/],
  ])('%#', async (text, message) => {
    await expect(read(text, true)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(message),
      hint: expect.any(String),
    });
  });
});

test('a command is refused unless the folder of the file is trusted', async () => {
  const text = step('a', 'kind = "command"\nargv = ["true"]');
  await expect(read(text)).rejects.toMatchObject({
    message: expect.stringContaining('only files of trusted folders'),
    hint: expect.stringContaining('rag config trust'),
  });
  expect((await read(text, true)).steps).toHaveLength(1);
});

test('an order or a circle is found, whatever the steps wait for', () => {
  const steps = Array.from({ length: 12 }, (_, i) => String(i));
  for (let seed = 1; seed < 200; seed++) {
    const after = (i: number) => steps.filter((_, j) => (i * 7 + j * 13 + seed * 31) % 17 === 0);
    const named = steps.map((name, i) => ({ name, after: after(i) }));
    const found = orderSteps(named);
    if ('order' in found) {
      expect(found.order).toHaveLength(steps.length);
      found.order.forEach((each, at) => {
        const before = found.order.slice(0, at).map(({ name }) => name);
        expect(before).toEqual(expect.arrayContaining([...each.after]));
      });
    } else {
      const { circle } = found;
      expect(circle.at(0)).toBe(circle.at(-1));
      for (let i = 0; i + 1 < circle.length; i++)
        expect(named.find(({ name }) => name === circle[i])?.after).toContain(circle[i + 1]);
    }
  }
});
