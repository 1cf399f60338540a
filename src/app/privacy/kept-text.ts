import type { Settings } from '../../config/types.ts';
import type { Treatment } from '../../privacy/types.ts';
import type { NewTurn, Store } from '../../store/types.ts';
import { LEFT_OUT } from './left-out.ts';
import type { ValueRules } from './without-values.ts';

/**
 * What people type, as the database may keep it, where personal data is taken out of any of its documents: else the log
 * of questions would hold what the documents do not. All of it is as it was where nothing is taken out.
 */
export type KeptText = {
  /** Loads what the other methods need. To be awaited before them: what comes before it is not written down at all. */
  ready(): Promise<void>;
  /** What is searched for, and sent to models: found personal data is as documents have it. */
  question(text: string): string;
  /** What is written down: without other numbers and codes that no document says, besides. */
  text(text: string): string;
  turn(turn: NewTurn): NewTurn;
};

export function createKeptText(store: Store, settings: Settings): KeptText {
  type Loaded = { readonly rules: ValueRules; readonly module: typeof import('./without-values.ts') };
  let known: { readonly generation: number; readonly treatment: Treatment | null } | null = null;
  let loaded: (Loaded & { readonly treatment: Treatment }) | null = null;

  const treatment = (): Treatment | null => {
    const generation = store.generation();
    if (known?.generation !== generation) known = { generation, treatment: strongest(store, settings) };
    return known.treatment;
  };

  const ready = async (): Promise<void> => {
    const wanted = treatment();
    if (wanted === null || loaded?.treatment === wanted) return;
    const module = await import('./without-values.ts');
    const { treatmentPlan } = await import('./treatment-plan.ts');
    const plan = treatmentPlan(settings, wanted);
    if (plan) {
      const stands = (text: string): boolean => store.documentsWithPhrase(text).length > 0;
      loaded = { treatment: wanted, rules: { plan, stands }, module };
    }
  };

  /** Null where nothing is taken out. */
  const current = (): Loaded | 'unknown' | null => {
    if (treatment() === null) return null;
    return loaded ?? 'unknown';
  };

  return {
    ready,
    question(text) {
      const there = current();
      return there === null || there === 'unknown' ? text : there.module.withoutFindings(text, there.rules);
    },
    text(text) {
      const there = current();
      if (there === 'unknown') return LEFT_OUT;
      return there ? there.module.withoutValues(text, there.rules) : text;
    },
    turn(turn) {
      const there = current();
      if (there === 'unknown')
        return { ...turn, question: LEFT_OUT, searchedFor: LEFT_OUT, text: LEFT_OUT, answer: null, error: null };
      return there ? there.module.turnWithoutValues(turn, there.rules) : turn;
    },
  };
}

/** What of the setting, of sources' own and of what documents went through takes most out; what is refused may be asked. */
function strongest(store: Store, { privacy }: Settings): Treatment | null {
  const all = [privacy.pii, ...store.sources().flatMap(({ options, treatment }) => [options.pii, nameOf(treatment)])];
  if (all.includes('pseudonymize')) return 'pseudonymize';
  return all.includes('redact') || all.includes('refuse') ? 'redact' : null;
}

const nameOf = (mark: string | null): string | undefined => mark?.split(':', 1)[0];
