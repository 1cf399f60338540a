import { identityOf, livenessOf, type ProcessIdentity } from '../../../platform/process-identity.ts';
import { type CommandEnd, type CommandOptions, runCommand } from '../../../platform/run-command.ts';
import type { JobReporter } from '../types.ts';

/** Which process was started, so that one whose worker was killed is ended before it is started again. */
type Kept = { readonly process: ProcessIdentity };

/** Runs a program for a job, and ends first what a former attempt of the same step left running. */
export async function runTrackedCommand(
  reporter: Pick<JobReporter, 'signal' | 'log' | 'kept' | 'checkpoint'>,
  options: Omit<CommandOptions, 'signal' | 'onStart'>,
): Promise<CommandEnd> {
  const former = (reporter.kept as Kept | null)?.process;
  if (former && livenessOf(former) === 'alive') {
    reporter.log('warning', `The process ${former.pid} of the attempt before still ran, and was ended.`);
    endGroupOf(former.pid);
  }
  return await runCommand({
    ...options,
    signal: reporter.signal,
    onStart: (pid) => {
      reporter.log('info', `It runs as process ${pid}.`);
      reporter.checkpoint({ process: identityOf(pid) } satisfies Kept);
    },
  });
}

function endGroupOf(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended meanwhile.
  }
}
