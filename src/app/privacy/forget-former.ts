import type { TreatmentPlan } from '../../privacy/types.ts';
import type { AppContext } from '../app-context.ts';
import { removePastCopies } from '../history/past-base.ts';
import { pastFolder } from '../history/past-folder.ts';
import { withoutValues } from './without-values.ts';

export type FormerOptions = {
  readonly source: number;
  readonly plan: TreatmentPlan;
  /** Nothing of the source was stored before, so that only what came from elsewhere can be there. */
  readonly isNew: boolean;
};

/**
 * Once the documents of a source are treated: overwrites what they were, their former versions and the copies made of
 * those, and what was asked and answered before.
 */
export function forgetFormer({ store }: AppContext, { source, plan, isNew }: FormerOptions): void {
  const dropped = store.write((writer) => writer.forgetHistoriesOf(source));
  if (isNew && dropped === 0) return;
  removePastCopies(pastFolder(), store.path);
  const treatment = plan.treatment === 'refuse' ? 'redact' : plan.treatment;
  const rules = {
    plan: { ...plan, treatment },
    stands: (text: string): boolean => store.documentsWithPhrase(text).length > 0,
  };
  store.write((writer) => writer.rewriteKept(source, (text) => withoutValues(text, rules)));
  store.forgetTraces();
}
