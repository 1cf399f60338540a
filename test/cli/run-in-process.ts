import { Readable } from 'node:stream';
import { main } from '../../commands/main.ts';
import type { OpenRequest } from '../../commands/shared/context.ts';
import type { Output } from '../../commands/shared/output.ts';
import type { KnowledgeBase } from '../../src/app/types.ts';
import { type Call, fakeKnowledgeBase } from './fake-knowledge-base.ts';

export type RunOptions = {
  readonly stdin?: string;
  readonly stdinIsTerminal?: boolean;
  readonly terminal?: boolean;
  readonly columns?: number;
  readonly environment?: Record<string, string>;
  readonly knowledgeBase?: Partial<KnowledgeBase>;
  readonly signal?: AbortSignal;
  readonly openError?: Error;
  readonly workingFolder?: string;
  /** In place of the fake. */
  readonly open?: (request: OpenRequest) => Promise<KnowledgeBase>;
};

/** Runs a command line in this process over a fake knowledge base. */
export async function runInProcess(argv: readonly string[], options: RunOptions = {}) {
  const calls: Call[] = [];
  const opened: OpenRequest[] = [];
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr'): Output => ({
    write: (text) => {
      written[name] += text;
    },
    isTerminal: options.terminal ?? false,
    columns: () => options.columns ?? 80,
    isClosed: () => false,
    failure: () => null,
    flush: async () => {},
  });
  const stdin = Object.assign(Readable.from(options.stdin === undefined ? [] : [options.stdin]), {
    isTTY: options.stdinIsTerminal ?? false,
  });
  const code = await main(argv, {
    stdout: output('stdout'),
    stderr: output('stderr'),
    stdin,
    // No such folder: nothing of the machine that runs the test is found there.
    workingFolder: options.workingFolder ?? '/nowhere/work',
    signal: options.signal ?? new AbortController().signal,
    environment: { XDG_CONFIG_HOME: '/nowhere/config', XDG_DATA_HOME: '/nowhere/data', ...options.environment },
    openKnowledgeBase: async (request) => {
      opened.push(request);
      if (options.openError) throw options.openError;
      return options.open ? options.open(request) : fakeKnowledgeBase(calls, options.knowledgeBase);
    },
  });
  return { code, calls, opened, ...written };
}
