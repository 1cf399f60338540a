import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startOllamaServer } from '../servers/ollama.ts';
import { environmentOf, isBuilt, RAG, runRag } from './run-rag.ts';
import { hasTmux, startTmux, type TmuxSession } from './tmux.ts';

const DOCUMENTS: Readonly<Record<string, string>> = {
  'travel.md':
    '# Travel\n\nJourneys within the country need no approval. Ada Lovelace approves journeys abroad.\n\n## Limits\n\nA meal is paid up to 40 euros a day.\n',
  'leave.md': '# Leave\n\nEach parent has 16 weeks of parental leave on full pay.\n\nHoliday is 28 days a year.\n',
  'server.md': '# Server\n\nThe server listens on port 8080. Set PORT to choose another.\n',
};

const WRITTEN = [
  '## Who approves\n\n',
  'Journeys abroad are approved by **Ada ',
  'Lovelace** [1].\n\n',
  '| Journey | Approved by |\n|---|---|\n| within the country | no approval needed [1] |\n| abroad | Ada Lovelace [1] |\n\n',
  '```ts\n// who approves\nconst approver = isAbroad ? "Ada Lovelace" : null;\n```\n\n',
  'A meal is paid up to 40 euros a day [1].\n',
];

let folder = '';
const home = () => ({ folder, environment: {} });
const golden = (name: string): string => fileURLToPath(new URL(`../../fixtures/golden/chat/${name}`, import.meta.url));

beforeAll(async () => {
  if (!hasTmux || !isBuilt) return;
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'rag-chat-')));
  for (const [name, text] of Object.entries(DOCUMENTS)) {
    mkdirSync(dirname(join(folder, 'docs', name)), { recursive: true });
    writeFileSync(join(folder, 'docs', name), text);
  }
  await runRag(['add', 'docs'], home());
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Start = {
  readonly columns?: number;
  readonly rows?: number;
  readonly argv?: readonly string[];
  readonly environment?: Record<string, string>;
};

function start({ columns = 80, rows = 44, argv = ['--no-save'], environment = {} }: Start = {}): TmuxSession {
  const terminal = startTmux({
    columns,
    rows,
    cwd: folder,
    environment: { ...environmentOf(home()), LANG: 'C.UTF-8', ...environment },
    command: [process.execPath, RAG, 'chat', ...argv],
  });
  onTestFinished(() => terminal.close());
  return terminal;
}

const ready = async (terminal: TmuxSession): Promise<TmuxSession> => {
  await terminal.shows('Ask a question');
  return terminal;
};

/** Without what has tests of its own: the last digits of scores, and what the checks of an answer warn of. */
const settled = (screen: string): string => {
  const text = screen
    .replace(/([■·]{5}) \d+\.\d+/g, '$1 0.00')
    .replace(/^warning: .*\n\n?/gm, '')
    .replaceAll(folder, '/home/ada');
  return `${text.trimEnd()}\n`;
};

async function startModel() {
  const server = await startOllamaServer({ reply: WRITTEN });
  onTestFinished(() => server.close());
  return { server, environment: { OLLAMA_HOST: server.origin }, argv: ['--no-save', '-m', 'ollama/llama3.2'] };
}

if (!hasTmux) console.warn('tmux is not installed: the chat is not tested in a terminal.');

describe.skipIf(!hasTmux || !isBuilt)('rag chat in a terminal', () => {
  test('the first screen, and an answer without a model', async () => {
    const terminal = await ready(start());
    terminal.type('How long is parental leave?');
    terminal.keys('Enter');
    await terminal.shows('Sources');
    await terminal.shows('1 question');
    await expect(settled(terminal.screen())).toMatchFileSnapshot(golden('no-model.txt'));
  });

  test('an answer of a model is streamed, with a table and code, its sources below', async () => {
    const { environment, argv } = await startModel();
    const terminal = await ready(start({ environment, argv }));
    terminal.type('Who approves journeys abroad?');
    terminal.keys('Enter');
    await terminal.shows('Sources');
    await terminal.shows('1 question');
    await expect(settled(terminal.screen())).toMatchFileSnapshot(golden('answer-of-a-model.txt'));
    const escapes = terminal.screen({ escapes: true });
    expect(escapes).toMatch(/\u001b\[[0-9;]*35m/);
    expect(escapes).toMatch(/\u001b\[[0-9;]*36m/);
  });

  test('60 columns, and a screen that gets narrower', async () => {
    const { environment, argv } = await startModel();
    const terminal = await ready(start({ environment, argv, columns: 80 }));
    terminal.type('Who approves journeys abroad?');
    terminal.keys('Enter');
    await terminal.shows('1 question');
    terminal.resize(60, 44);
    // Only the narrow status line leaves the documents out.
    await terminal.shows('· 1 question');
    await expect(settled(terminal.screen())).toMatchFileSnapshot(golden('60-columns.txt'));
  });

  test('a source is opened in the pager, and the chat stands again', async () => {
    const pager = join(folder, 'pager.sh');
    writeFileSync(pager, '#!/bin/sh\necho "--- pager $*"\ncat\necho "--- end"\nread -r line < /dev/tty\n');
    chmodSync(pager, 0o755);
    const terminal = await ready(start({ environment: { PAGER: pager } }));
    terminal.type('How long is parental leave?');
    terminal.keys('Enter');
    await terminal.shows('1 question');
    terminal.keys('C-o');
    await terminal.shows('Esc goes back');
    terminal.keys('Enter');
    await terminal.shows('--- end');
    expect(terminal.screen()).toContain(
      'Each parent has 16 weeks of parental leave on full pay.\n\nHoliday is 28 days a year.',
    );
    terminal.keys('Enter');
    await terminal.shows(/--- end[\s\S]*Ask a question/);
    terminal.type('typed again');
    await terminal.shows('› typed again');
  });

  test('a paste is put in with its lines, Enter sends it', async () => {
    const terminal = await ready(start());
    terminal.paste('one line\nparental leave');
    await terminal.shows(/› one line\n {2}parental leave/);
    expect(terminal.screen()).not.toContain('searched');
    terminal.keys('Enter');
    await terminal.shows('1 question');
  });

  test('Ctrl-C stops the answer and keeps what had come, Ctrl-D leaves', async () => {
    const { server, environment, argv } = await startModel();
    server.fail({ kind: 'stall', afterDeltas: 3 });
    const terminal = await ready(start({ environment, argv }));
    terminal.type('Who approves journeys abroad?');
    terminal.keys('Enter');
    await terminal.shows('approved by Ada');
    terminal.type('next');
    await terminal.shows('› next');
    terminal.keys('C-c');
    await terminal.shows('Stopped.');
    expect(terminal.screen()).toContain('approved by Ada');
    terminal.keys('C-c', 'C-d');
    await terminal.shows('left with status 0');
  });

  test('a model that cannot be reached is told, and the chat goes on', async () => {
    const { server, argv } = await startModel();
    await server.close();
    const terminal = await ready(
      start({ environment: { OLLAMA_HOST: server.origin, RAG_GENERATE_MAX_RETRIES: '0' }, argv }),
    );
    terminal.type('Who approves?');
    terminal.keys('Enter');
    await terminal.shows('error: ');
    terminal.type('/model none');
    terminal.keys('Enter');
    await terminal.shows('answers are quoted from the documents');
  });

  test('killed in the middle of an answer, the conversation goes on from there', async () => {
    const { server, environment } = await startModel();
    server.fail({ kind: 'stall', afterDeltas: 3 });
    const terminal = await ready(start({ environment, argv: ['-m', 'ollama/llama3.2'] }));
    terminal.type('Who approves journeys abroad?');
    terminal.keys('Enter');
    await terminal.shows('approved by Ada');
    process.kill(terminal.processId(), 'SIGKILL');
    await terminal.shows('left with status 137');
    const again = await ready(start({ argv: ['--continue'] }));
    await again.shows('› Who approves journeys abroad?');
    await again.shows('Stopped.');
    again.keys('Up');
    await again.shows(/› Who approves journeys abroad\?[\s\S]*› Who approves journeys abroad\?/);
  });

  test('without colour nothing but the cursor is set off', async () => {
    const terminal = await ready(start({ environment: { NO_COLOR: '1' } }));
    terminal.type('How long is parental leave?');
    terminal.keys('Enter');
    await terminal.shows('1 question');
    const codes = [...terminal.screen({ escapes: true }).matchAll(/\u001b\[([0-9;]*)m/g)].map(([, code]) => code);
    expect(codes.filter((code) => !/^(0|7|27|39|49|0;7|0;39;49|39;49)?$/.test(code!))).toEqual([]);
  });

  test('a terminal that cannot move its cursor gets lines', async () => {
    const terminal = start({ environment: { TERM: 'dumb' } });
    terminal.type('How long is parental leave?\n');
    await terminal.shows('16 weeks');
    expect(terminal.screen()).not.toContain('Ask a question, or /help');
  });
});
