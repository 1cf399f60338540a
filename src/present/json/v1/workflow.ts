import type { Workflow } from '../../../app/jobs/workflow/types.ts';

/** Data of `rag.plan/1`: the steps in the order in which they run. */
export const planToJson = ({ name, steps }: Workflow) => ({
  name,
  steps: steps.map((step) => ({
    name: step.name,
    kind: step.kind.name,
    does: step.kind.describe(step.given),
    needs: step.needs,
    when: step.when?.text ?? null,
    retry: step.retry,
    timeoutMs: step.timeoutMs,
    continue: step.continues,
    line: step.line,
  })),
});
