import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CORPUS, environmentOf, RAG } from '../cli/run-rag.ts';

/**
 * Processor time that `rag chat` takes to its first frame, in a terminal that `script` makes, beside that of `rag --version`
 * and of Node alone. Linux only: the time is read from /proc at the moment when the frame has come.
 */
const RUNS = 11;
/** What the input line of the first frame says. */
const FIRST_FRAME = 'sk a question';
const TICKS_PER_SECOND = Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout) || 100;

const home = mkdtempSync(join(tmpdir(), 'rag-chat-start-'));
const environment = { ...environmentOf({ folder: home }), TERM: 'xterm-256color', LANG: 'C.UTF-8' };
process.on('exit', () => rmSync(home, { recursive: true, force: true }));

const added = spawnSync(process.execPath, [RAG, 'add', CORPUS], { cwd: home, env: environment, encoding: 'utf8' });
if (added.status !== 0) throw new Error(`The corpus could not be added: ${added.stderr}`);

const chat: number[] = [];
const version: number[] = [];
const node: number[] = [];
for (let run = 0; run < RUNS; run++) {
  chat.push(await firstFrameMs());
  version.push(processorMs([RAG, '--version']));
  node.push(processorMs(['-e', '0']));
}
const middle = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const row = (name: string, values: number[]): string =>
  `| ${name} | ${middle(values).toFixed(0)} | ${Math.min(...values).toFixed(0)} | ${(middle(values) / middle(version)).toFixed(1)} |`;
process.stdout.write(
  [
    `Processor time in ms, median and least of ${RUNS} runs, and the median beside that of \`rag --version\`.`,
    '',
    '| | median | least | ratio |',
    '|---|---:|---:|---:|',
    row('`rag chat`, to its first frame', chat),
    row('`rag --version`', version),
    row('`node -e 0`', node),
    '',
  ].join('\n'),
);

function processorMs(argv: readonly string[]): number {
  const timed = spawnSync('bash', ['-c', `TIMEFORMAT='%U %S'; time "$0" "$@" >/dev/null`, process.execPath, ...argv], {
    cwd: home,
    env: environment,
    encoding: 'utf8',
  });
  const [user = 0, system = 0] = timed.stderr.trim().split('\n').at(-1)!.split(' ').map(Number);
  return (user + system) * 1000;
}

async function firstFrameMs(): Promise<number> {
  const command = `stty cols 80 rows 24; exec ${process.execPath} ${RAG} chat --no-save`;
  const terminal = spawn('script', ['-qfec', `exec bash -c '${command}'`, '/dev/null'], {
    cwd: home,
    env: environment,
  });
  let seen = '';
  try {
    return await new Promise<number>((resolve, reject) => {
      terminal.on('error', reject);
      terminal.on('close', () => reject(new Error(`The chat ended before its first frame:\n${seen}`)));
      terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
        seen += text;
        if (!seen.includes(FIRST_FRAME)) return;
        terminal.stdout.removeAllListeners('data');
        resolve(timeOf(nodeBelow(terminal)));
      });
    });
  } finally {
    terminal.removeAllListeners('close');
    terminal.kill('SIGKILL');
  }
}

/** The process that `script` runs, which has become Node by `exec`. */
function nodeBelow(terminal: ChildProcess): number {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      if (statOf(Number(name))[1] === String(terminal.pid)) return Number(name);
    } catch {
      // It has ended meanwhile.
    }
  }
  throw new Error(`The process of the chat is not found below ${terminal.pid}.`);
}

/** Fields of /proc/<pid>/stat behind the name: state, parent ... Source: proc(5). */
function statOf(pid: number): string[] {
  return readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
}

function timeOf(pid: number): number {
  const fields = statOf(pid);
  return ((Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND) * 1000;
}
