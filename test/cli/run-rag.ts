import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const RAG = fileURLToPath(new URL('../../dist/rag.js', import.meta.url));
export const CORPUS = fileURLToPath(new URL('../../fixtures/corpus', import.meta.url));

/** `npm test` builds first; a bare `vitest` may find nothing to run. */
export const isBuilt = existsSync(RAG);

export type Home = {
  /** Holds the user's configuration and data, and nothing of the machine that runs the test. */
  readonly folder: string;
  readonly environment?: Record<string, string>;
};

type Finished = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** Starts the built program with nothing of this machine's settings. */
export function startRag(
  argv: readonly string[],
  home: Home,
  options: { readonly detached?: boolean; readonly uid?: number; readonly gid?: number } = {},
): ChildProcess {
  return spawn(process.execPath, [RAG, ...argv], {
    cwd: home.folder,
    env: environmentOf(home),
    stdio: 'pipe',
    ...options,
  });
}

export function environmentOf({ folder, environment }: Home): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    XDG_CONFIG_HOME: `${folder}/config`,
    XDG_DATA_HOME: `${folder}/data`,
    ...environment,
  };
}

/** Runs the built program to its end. */
export const runRag = (argv: readonly string[], home: Home, stdin = ''): Promise<Finished> => {
  const child = startRag(argv, home);
  child.stdin?.on('error', () => {
    // The program may end without reading what it was given.
  });
  child.stdin?.end(stdin);
  return finished(child);
};

export function finished(child: ChildProcess): Promise<Finished> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
