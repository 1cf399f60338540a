import { performance } from 'node:perf_hooks';
import type { ContainerKind } from '../../../parse/container/types.ts';
import { memberRules } from '../../../source/member-rules.ts';
import type { SourceItem } from '../../../source/types.ts';
import { treatmentPlan } from '../../privacy/treatment-plan.ts';
import type { IngestContext } from '../ingest-context.ts';
import type { SourceRun } from '../ingest-source.ts';
import { withAlsoRead } from '../programs/also-read.ts';
import { reasonOfLoss } from '../read-item.ts';
import type { ExpandReply, ExpandTask } from './expand-task.ts';

type Wanted = Pick<ExpandTask, 'knownHash' | 'spool' | 'from'> & {
  readonly kind: ContainerKind;
  readonly limits: Omit<ExpandTask['limits'], 'maxFileBytes'>;
};

/** Has a worker find what an item holds. A worker that had to be killed is a failed reply; throws as `readItem` does. */
export async function expandItem(
  { settings }: IngestContext,
  { source, pool }: SourceRun,
  item: SourceItem,
  wanted: Wanted,
): Promise<ExpandReply> {
  const { kind, limits, ...rest } = wanted;
  const started = performance.now();
  const treatment = treatmentPlan(settings, source.options.pii);
  try {
    return (await pool.run({
      ...rest,
      expand: kind,
      content: item.content,
      path: item.path,
      rules: memberRules(withAlsoRead(source, settings), item.path),
      namesSubjects: treatment === null || treatment.treatment === 'report',
      limits: { ...limits, maxFileBytes: source.options.maxFileBytes ?? settings.source.maxFileBytes },
    })) as ExpandReply;
  } catch (error) {
    return { ...reasonOfLoss(error), elapsedMs: performance.now() - started };
  }
}
