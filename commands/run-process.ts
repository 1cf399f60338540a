import { main } from './main.ts';
import { EXIT } from './shared/exit-code.ts';
import { createOutput } from './shared/output.ts';

/** Exit status of a program that SIGTERM ended, as shells report it. */
const TERMINATED = 143;

/**
 * Run one command line in this process and end it. The first Ctrl-C cancels what is running, the second ends the
 * process at once.
 */
export async function runProcess(argv: readonly string[]): Promise<void> {
  const controller = new AbortController();
  let stopStatus: number | null = null;
  const stop = (status: number) => (): void => {
    if (stopStatus !== null) process.exit(status);
    stopStatus = status;
    controller.abort();
  };
  process.on('SIGINT', stop(EXIT.interrupted));
  process.on('SIGTERM', stop(TERMINATED));
  const stdout = createOutput(process.stdout);
  const stderr = createOutput(process.stderr);
  const code = await main(argv, {
    stdout,
    stderr,
    stdin: process.stdin,
    workingFolder: workingFolder(),
    signal: controller.signal,
    openKnowledgeBase: async (options) => {
      const { openKnowledgeBase } = await import('../src/app/open-knowledge-base.ts');
      return openKnowledgeBase(options);
    },
  });
  await Promise.all([stdout.flush(), stderr.flush()]);
  const failure = stdout.failure();
  if (failure !== null) {
    stderr.write(`error: The output could not be written: ${failure.message}.\n`);
    await stderr.flush();
    process.exit(EXIT.failed);
  }
  // Kept-alive connections and reused workers would hold the process for seconds more.
  process.exit(code === EXIT.interrupted && stopStatus !== null ? stopStatus : code);
}

/** The working folder, or the root when it has been deleted under the shell. */
function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    // Only ENOENT: no relative path can be meant then.
    return '/';
  }
}
