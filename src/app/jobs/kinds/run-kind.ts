import { RagError } from '../../../platform/errors.ts';
import type { JobReporter, JobSpec, JobTools, KindOutcome } from '../types.ts';

/** Does what the job says. Each kind is loaded when it is needed. */
export async function runKind(spec: JobSpec, reporter: JobReporter, tools: JobTools): Promise<KindOutcome> {
  switch (spec.kind) {
    case 'add': {
      const { runAdd } = await import('./run-add.ts');
      return runAdd(spec, reporter, tools);
    }
    case 'sync': {
      const { runSync } = await import('./run-sync.ts');
      return runSync(spec, reporter, tools);
    }
    case 'workflow': {
      const { runWorkflow } = await import('../workflow/run-workflow.ts');
      return runWorkflow(spec, reporter, tools);
    }
    case 'command-line': {
      const { runCommandLine } = await import('./run-command-line.ts');
      return runCommandLine(spec, reporter, tools);
    }
    default:
      throw new RagError('USAGE', {
        message: `This program knows no jobs of the kind "${(spec as { kind: string }).kind}".`,
        hint: 'A newer one may have queued it: update ragstone.',
      });
  }
}
