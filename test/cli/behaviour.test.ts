import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createProgressLine } from '../../commands/shared/progress.ts';
import { ingestExitCode } from '../../commands/shared/run-ingest.ts';
import { mergeReports } from '../../src/app/ingest/merge-reports.ts';
import type { IngestEvent, ItemStatus } from '../../src/app/types.ts';
import { RagError, type RagErrorCode } from '../../src/platform/errors.ts';
import { sampleAnswer, sampleOutcomes, sampleReport, sampleSearch } from '../present/sample.ts';
import { runInProcess } from './run-in-process.ts';

const ESCAPE = '\u001b';

async function* events(...list: IngestEvent[]): AsyncIterable<IngestEvent> {
  yield* list;
}
const itemEnd = (index: number): IngestEvent => ({
  type: 'item-end',
  outcome: sampleOutcomes[index]!,
  done: index + 1,
  total: 5,
});
const end = (counts: Partial<Record<ItemStatus, number>>, interrupted = false): IngestEvent => ({
  type: 'ingest-end',
  report: {
    ...sampleReport,
    interrupted,
    sourceProblems: [],
    counts: { added: 0, updated: 0, moved: 0, unchanged: 0, removed: 0, skipped: 0, failed: 0, ...counts },
  },
});

describe('add and sync', () => {
  const add = () =>
    events(itemEnd(0), itemEnd(1), itemEnd(3), itemEnd(4), end({ added: 1, moved: 1, skipped: 1, failed: 1 }));

  test('the summary goes to stdout and the problems to stderr; some failures are exit 4', async () => {
    const { code, stdout, stderr } = await runInProcess(['add', 'docs'], { knowledgeBase: { add } });
    expect(code).toBe(4);
    expect(stdout).toBe('1 added, 1 moved, 1 skipped, 1 failed; 5 passages; 3.2 s.\n');
    expect(stderr).toBe('failed:  bad.pdf: It is encrypted.\n');
  });

  test('where nothing but a skipped file was there, its reason is what is told', async () => {
    const { code, stdout, stderr } = await runInProcess(['add', 'x.bin'], {
      knowledgeBase: { add: () => events(itemEnd(3), end({ skipped: 1 })) },
    });
    expect(code).toBe(3);
    expect(stdout).toContain('1 skipped');
    expect(stderr).toBe('skipped: x\\x1b]0;evil\\x07.bin: It is binary.\n');
  });

  test('a source that cannot be read is named by its path, and nothing was taken in', async () => {
    const report = { ...sampleReport, counts: { ...sampleReport.counts } };
    for (const status of Object.keys(report.counts) as ItemStatus[]) report.counts[status] = 0;
    const { code, stdout, stderr } = await runInProcess(['add', 'gone'], {
      knowledgeBase: { add: () => events({ type: 'ingest-end', report: { ...report, chunks: 0 } }) },
    });
    expect(code).toBe(3);
    expect(stdout).toBe('nothing was taken in; 3.2 s.\n');
    expect(stderr).toBe('source: /gone: There is no such folder.\n        Use --prune-missing.\n');
  });

  test('-v lists each change and all problems, -q only what failed', async () => {
    const verbose = await runInProcess(['add', 'docs', '-v'], { knowledgeBase: { add } });
    expect(verbose.stdout).toContain('added     a.md\nmoved     new.md (was old.md)\n');
    expect(verbose.stderr).toContain('skipped: x\\x1b]0;evil\\x07.bin: It is binary.');
    const quiet = await runInProcess(['add', 'docs', '-q'], { knowledgeBase: { add } });
    expect(quiet).toMatchObject({ stdout: '', stderr: 'failed:  bad.pdf: It is encrypted.\n' });
  });

  test('--json gives one report for all targets, and says nothing else', async () => {
    const { stdout, stderr } = await runInProcess(['add', 'a', 'b', '--json'], { knowledgeBase: { add } });
    const { schema, data } = JSON.parse(stdout);
    expect(schema).toBe('rag.ingest/1');
    expect(data.counts).toMatchObject({ added: 2, failed: 2 });
    expect(data.changes).toHaveLength(4);
    expect(data.problems).toHaveLength(4);
    expect(stderr).toBe('');
  });

  test('-o jsonl gives a line for each event', async () => {
    const { stdout } = await runInProcess(['sync', '-o', 'jsonl'], { knowledgeBase: { sync: add } });
    const types = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).type);
    expect(types).toEqual(['item-end', 'item-end', 'item-end', 'item-end', 'ingest-end']);
  });

  test('a target that cannot be begun does not stop the others, and is the error when it is alone', async () => {
    const knowledgeBase = {
      add: (target: string) => {
        if (target === 'gone')
          throw new RagError('SOURCE_MISSING', { message: 'There is no "gone".', hint: 'Look again.' });
        return events(end({ added: 1 }));
      },
    };
    const two = await runInProcess(['add', 'gone', 'docs'], { knowledgeBase });
    expect(two.code).toBe(4);
    expect(two.stderr).toContain('source: gone: There is no "gone".');
    const one = await runInProcess(['add', 'gone'], { knowledgeBase });
    expect(one).toMatchObject({ code: 3, stderr: 'error: There is no "gone".\nhint: Look again.\n' });
  });

  test.each<[Partial<Record<ItemStatus, number>>, boolean, number]>([
    [{ added: 1 }, false, 0],
    [{ unchanged: 5 }, false, 0],
    [{}, false, 0],
    [{ added: 1, skipped: 3 }, false, 0],
    [{ skipped: 1 }, false, 3],
    [{ failed: 1 }, false, 3],
    [{ failed: 1, unchanged: 1 }, false, 4],
    [{ added: 1 }, true, 130],
  ])('counts %j, interrupted %s: exit %i', (counts, interrupted, expected) => {
    const { report } = end(counts, interrupted) as Extract<IngestEvent, { type: 'ingest-end' }>;
    expect(ingestExitCode(mergeReports([report], false))).toBe(expected);
  });

  test('progress shows on a terminal after a second, in one line that is taken away', () => {
    let time = 0;
    let written = '';
    const output = {
      write: (text: string) => {
        written += text;
      },
      isTerminal: true,
      columns: () => 40,
      isClosed: () => false,
      failure: () => null,
      flush: async () => {},
    };
    const progress = createProgressLine(output, () => time);
    time = 900;
    progress.update({ done: 1, total: 9, path: 'a' });
    progress.clear();
    expect(written).toBe('');
    time = 1100;
    progress.update({ done: 2, total: 9, path: `evil${ESCAPE}[2J.md` });
    time = 1150;
    progress.update({ done: 3, total: 9, path: 'too soon' });
    expect(written).toBe(`\r${ESCAPE}[K2/9  1.8/s  3.9 s left  evil\\x1b[2J.md`);
    progress.clear();
    expect(written.endsWith(`\r${ESCAPE}[K`)).toBe(true);
    written = '';
    createProgressLine({ ...output, isTerminal: false }, () => (time += 5000)).update({ done: 1, total: 2, path: 'a' });
    expect(written).toBe('');
  });
});

describe('search', () => {
  test('colour only on a terminal, and not with NO_COLOR or --no-color', async () => {
    const stdoutOf = async (line: string[], options = {}) => (await runInProcess(line, options)).stdout;
    expect(await stdoutOf(['search', 'x'])).not.toContain(ESCAPE);
    expect(await stdoutOf(['search', 'x'], { terminal: true })).toContain(`${ESCAPE}[1m${ESCAPE}[33mparental leave`);
    expect(await stdoutOf(['search', 'x', '--no-color'], { terminal: true })).not.toContain(ESCAPE);
    expect(await stdoutOf(['search', 'x'], { terminal: true, environment: { NO_COLOR: '1' } })).not.toContain(ESCAPE);
    expect(await stdoutOf(['search', 'x'], { environment: { RAG_COLOR: 'always' } })).toContain(ESCAPE);
  });

  test('lines fit the terminal', async () => {
    const { stdout } = await runInProcess(['search', 'x'], {
      terminal: true,
      columns: 50,
      environment: { NO_COLOR: '1' },
    });
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(50);
  });

  test('nothing found is exit 1 and says why on stderr, with stdout empty', async () => {
    const search = async () => ({ ...sampleSearch, hits: [], notes: ['The database is empty.'] });
    const { code, stdout, stderr } = await runInProcess(['search', 'x'], { knowledgeBase: { search } });
    expect([code, stdout, stderr]).toEqual([1, '', 'Nothing found.\nnote: The database is empty.\n']);
    const asJson = await runInProcess(['search', 'x', '--json'], { knowledgeBase: { search } });
    expect(asJson.code).toBe(1);
    expect(JSON.parse(asJson.stdout).data).toMatchObject({ hits: [], notes: ['The database is empty.'] });
  });

  test.each(['csv', 'md', 'files'])('-o %s is exact for a file and harmless for a terminal', async (format) => {
    const { stdout } = await runInProcess(['search', 'x', '-o', format], { terminal: true });
    expect(stdout).not.toMatch(/[\u001b\u0007\u202e]/);
    if (format !== 'files') expect((await runInProcess(['search', 'x', '-o', format])).stdout).toContain('\u202e');
  });
});

describe('ask', () => {
  test('streams the answer, then the sources; says that no model is configured', async () => {
    const { code, stdout, stderr } = await runInProcess(['ask', 'How long?']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Each parent has 26 weeks. \[1\]\n\nSources\n\[1\] Leave policy\n/);
    expect(stderr).toContain('note: No model is configured');
    expect(stderr).toContain('warning: One quote does not stand');
    expect((await runInProcess(['ask', 'x', '-m', 'none'])).stderr).not.toContain('No model is configured');
  });

  test('--no-stream writes the whole answer once', async () => {
    const { stdout } = await runInProcess(['ask', 'x', '--no-stream']);
    expect(stdout.startsWith(`${sampleAnswer.text}\n\nSources`)).toBe(true);
  });

  test('what is not answerable is exit 1', async () => {
    const ask = async function* () {
      yield { type: 'search-end' as const, result: { ...sampleSearch, notes: [] } };
      yield {
        type: 'answer-end' as const,
        answer: { ...sampleAnswer, text: '', citations: [], support: 'none' as const, warnings: [] },
      };
    };
    const { code, stdout, stderr } = await runInProcess(['ask', 'x'], { knowledgeBase: { ask } });
    expect([code, stdout, stderr]).toEqual([1, '', 'The documents do not answer this.\n']);
  });

  test('an error in mid-answer begins on a line of its own', async () => {
    const ask = async function* () {
      yield { type: 'text-delta' as const, text: 'Half an' };
      throw new RagError('MODEL_BROKEN_STREAM', { message: 'The model broke off.', hint: 'Ask again.' });
    };
    const { code, stdout, stderr } = await runInProcess(['ask', 'x'], { knowledgeBase: { ask } });
    expect([code, stdout, stderr]).toEqual([3, 'Half an\n', 'error: The model broke off.\nhint: Ask again.\n']);
    const lines = (await runInProcess(['ask', 'x', '-o', 'jsonl'], { knowledgeBase: { ask } })).stdout
      .trim()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line).type)).toEqual(['text-delta', 'error']);
  });
});

describe('the other commands', () => {
  test('get is exact for a file and harmless for a terminal', async () => {
    expect((await runInProcess(['get', 'a'])).stdout).toBe(`one\ntwo${ESCAPE}[2J\n`);
    expect((await runInProcess(['get', 'a'], { terminal: true })).stdout).toBe('one\ntwo\\x1b[2J\n');
  });

  test('rm asks before it removes more than one, and takes no for an answer', async () => {
    const rm = async (answer: string) => {
      const { calls, code, stderr } = await runInProcess(['rm', 'all'], {
        stdin: answer,
        stdinIsTerminal: true,
        terminal: true,
      });
      return [
        code,
        stderr.includes('Remove 3 documents? [y/N]'),
        calls.filter((call) => call.method === 'remove').length,
      ];
    };
    expect(await rm('y\n')).toEqual([0, true, 2]);
    expect(await rm('n\n')).toEqual([1, true, 1]);
    expect(await rm('')).toEqual([1, true, 1]);
    const declined = await runInProcess(['rm', 'all', '-q'], { stdin: 'n\n', stdinIsTerminal: true, terminal: true });
    expect(declined.stderr).toMatch(/Nothing was removed\.\n$/);
    const yes = await runInProcess(['rm', 'all', '-y']);
    expect(yes).toMatchObject({ code: 0, stdout: 'removed 3 documents\n' });
    const dry = await runInProcess(['rm', 'all', '--dry-run']);
    expect(dry.calls.filter((call) => call.method === 'remove')).toHaveLength(1);
    expect(dry.stdout).toContain('would remove leave%20policy.md\n');
  });

  test('doctor is exit 3 when a check failed', async () => {
    const doctor = async () => [
      { name: 'database', status: 'failed' as const, message: 'Damaged.', hint: 'Restore it.' },
    ];
    const { code, stdout } = await runInProcess(['doctor'], { knowledgeBase: { doctor } });
    expect([code, stdout]).toEqual([3, expect.stringContaining('failed   database: Damaged.\n         Restore it.\n')]);
    expect((await runInProcess(['doctor'])).code).toBe(0);
  });

  test('doctor reports a database that cannot be opened, and checks the rest', async () => {
    const openError = new RagError('DB_DAMAGED', { message: 'It is damaged.', hint: 'Restore it.' });
    const { code, stdout } = await runInProcess(['doctor', '--json'], { openError });
    expect(code).toBe(3);
    expect(JSON.parse(stdout).data.checks).toContainEqual({
      name: 'database',
      status: 'failed',
      message: 'It is damaged.',
      hint: 'Restore it.',
    });
  });

  test('ls of an empty database says how to fill it', async () => {
    const { code, stdout, stderr } = await runInProcess(['ls'], { knowledgeBase: { list: () => [] } });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('rag add <folder>');
  });

  test('config set, get, unset and trust work on the files', async () => {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'ragstone-config-cli-')));
    try {
      const project = join(root, 'project');
      mkdirSync(join(project, '.rag'), { recursive: true });
      const environment = { XDG_CONFIG_HOME: join(root, 'config') };
      const run = (line: string) => runInProcess(line.split(' '), { environment, workingFolder: project });
      expect((await run('config set search.limit 7')).code).toBe(0);
      expect((await run('config get search.limit')).stdout).toBe('7\n');
      expect(JSON.parse((await run('config set search.mode lexical --project --json')).stdout).data).toMatchObject({
        value: 'lexical',
      });
      expect(readFileSync(join(project, '.rag', 'config.toml'), 'utf8')).toBe('[search]\nmode = "lexical"\n');
      expect((await run('config set model ollama/x --project')).stderr).toContain('rag config trust');
      expect((await run('config trust')).stdout).toBe(`${project} is trusted.\n`);
      expect((await run('config get model')).stdout).toBe('ollama/x\n');
      expect((await run('config trust --remove')).stdout).toContain('no longer trusted');
      expect((await run('config unset search.limit')).code).toBe(0);
      expect((await run('config get search.limit')).stdout).toBe('10\n');
      expect((await run('config set openai.apiKey sk-secret')).stdout).not.toContain('sk-secret');
      for (const line of [
        'config list --origin',
        'config list --json',
        'config get openai.apiKey',
        'config get openai.apiKey --json',
      ]) {
        const { stdout, stderr } = await run(line);
        expect(stdout).not.toContain('sk-secret');
        expect(stderr).not.toContain('sk-secret');
      }
      expect((await run('config path')).stdout).toBe(
        `${root}/config/ragstone/config.toml\n${project}/.rag/config.toml\n`,
      );
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});

describe('errors', () => {
  test.each<[RagErrorCode, number]>([
    ['USAGE', 2],
    ['CONFIG_INVALID', 2],
    ['NOT_FOUND', 1],
    ['ABORTED', 130],
    ['DB_DAMAGED', 3],
    ['MODEL_UNREACHABLE', 3],
    ['INTERNAL', 3],
  ])('%s is exit %i, in text and in JSON', async (code, status) => {
    const openError = new RagError(code, { message: `It is ${ESCAPE}[31mred.`, hint: 'Mend it.' });
    const text = await runInProcess(['search', 'x'], { openError });
    expect([text.code, text.stdout, text.stderr]).toEqual([status, '', 'error: It is \\x1b[31mred.\nhint: Mend it.\n']);
    const json = await runInProcess(['search', 'x', '--json'], { openError });
    expect(json).toMatchObject({ code: status, stderr: '' });
    expect(JSON.parse(json.stdout)).toEqual({
      schema: 'rag.error/1',
      error: { code, message: `It is ${ESCAPE}[31mred.`, hint: 'Mend it.' },
    });
  });

  test('a fault of the program is INTERNAL, with its stack only when asked for', async () => {
    const openError = new TypeError('x is not a function');
    const short = await runInProcess(['search', 'x'], { openError });
    expect(short.code).toBe(3);
    expect(short.stderr).toContain('Unexpected: x is not a function');
    expect(short.stderr).not.toContain('    at ');
    expect((await runInProcess(['search', 'x', '-v'], { openError })).stderr).toContain('    at ');
  });

  test('anything that is thrown after Ctrl-C is an interruption', async () => {
    const openError = new DOMException('This operation was aborted', 'AbortError');
    const { code, stderr } = await runInProcess(['search', 'x'], { openError, signal: AbortSignal.abort() });
    expect([code, stderr]).toEqual([130, 'error: Interrupted.\n']);
  });
});
