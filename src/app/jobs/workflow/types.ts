import type { JobReporter, JobTools, KindOutcome } from '../types.ts';
import type { Condition } from './condition.ts';

/** The values of one `[[steps]]`, each read once; what nobody reads is unknown. Every reader throws with the line. */
export type StepReader = {
  text(key: string): string | undefined;
  texts(key: string): readonly string[] | undefined;
  flag(key: string): boolean | undefined;
  required<Value>(key: string, value: Value | undefined): Value;
  refuse(key: string, what: string): never;
};

export type StepRun = {
  /** Absolute path of the folder that the file stands in. */
  readonly folder: string;
  readonly timeoutMs: number | null;
  /** Its steps are those of the workflow: progress goes to the one that runs. */
  readonly reporter: JobReporter;
  readonly tools: JobTools;
};

export type StepKind<Arguments = unknown> = {
  readonly name: string;
  /** Results that a condition may ask for; null when they are not known beforehand. */
  readonly fields: readonly string[] | null;
  /** Runs what the file says: only from a folder that the user trusts. */
  readonly needsTrust: boolean;
  read(reader: StepReader): Arguments;
  /** For the plan: what it will do, in one line. */
  describe(given: Arguments): string;
  run(given: Arguments, run: StepRun): Promise<KindOutcome>;
};

export type WorkflowStep = {
  readonly name: string;
  readonly kind: StepKind;
  readonly given: unknown;
  /** Steps that must have ended before it, those of its condition among them. */
  readonly after: readonly string[];
  /** Those of `after` that must have gone well, unless `when` says otherwise. */
  readonly needs: readonly string[];
  readonly when: { readonly text: string; readonly condition: Condition } | null;
  readonly retry: { readonly times: number; readonly delayMs: number };
  readonly timeoutMs: number | null;
  /** When it fails, the workflow and what needs it go on. */
  readonly continues: boolean;
  /** 1-based, in the file. */
  readonly line: number;
};

export type Workflow = {
  readonly name: string;
  /** In the order in which they run: that of the file, but for what needs a later one. */
  readonly steps: readonly WorkflowStep[];
};
