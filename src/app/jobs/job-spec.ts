import type { FlagValues } from '../../config/types.ts';
import { sha256Hex } from '../../platform/hash.ts';
import { assertNoCredentials } from '../../platform/http/web-url.ts';
import type { JobOrigin, NewJob } from '../../store/types.ts';
import type { AddOptions, SyncOptions } from '../types.ts';
import { canonicalJson } from './canonical-json.ts';
import { sealed } from './seal.ts';

/** Where and under which settings a job does its work: those of the command that asked for it. */
type Surroundings = {
  /** Absolute path, from which relative names and the project's settings are found. */
  readonly workingFolder: string;
  readonly settings?: FlagValues;
};

export type AddSpec = Surroundings & {
  readonly kind: 'add';
  readonly targets: readonly string[];
  readonly options: Omit<AddOptions, 'signal' | 'dryRun' | 'workingFolder'>;
};

export type SyncSpec = Surroundings & {
  readonly kind: 'sync';
  readonly options: Omit<SyncOptions, 'signal' | 'dryRun'>;
};

export type WorkflowSpec = Surroundings & {
  readonly kind: 'workflow';
  /** Absolute path. */
  readonly file: string;
};

/** A command of rag's own, in a process of its own: `['export', '--to', 'x.jsonl']`. */
export type CommandLineSpec = Surroundings & {
  readonly kind: 'command-line';
  readonly argv: readonly string[];
};

/** What a job is to do, as it stands in the database. Never holds a key or a password. */
export type JobSpec = AddSpec | SyncSpec | WorkflowSpec | CommandLineSpec;

export type NewJobOptions = { readonly origin: JobOrigin; readonly priority?: number };

/** Throws SOURCE_REFUSED for an address with a password: jobs are stored and shown. */
function refusePasswords(spec: JobSpec): void {
  if (spec.kind !== 'add') return;
  for (const target of spec.targets) {
    if (/^https?:/i.test(target) && URL.canParse(target)) assertNoCredentials(new URL(target));
  }
}

/** The row of a new job. What is asked for twice in the same words has the same key. */
export function newJob(spec: JobSpec, { origin, priority }: NewJobOptions): NewJob {
  refusePasswords(spec);
  return {
    kind: spec.kind === 'command-line' ? (spec.argv[0] ?? 'command-line') : spec.kind,
    title: titleOf(spec),
    spec: sealed(spec),
    key: sha256Hex(canonicalJson(spec)),
    origin,
    ...(priority !== undefined && { priority }),
  };
}

function titleOf(spec: JobSpec): string {
  switch (spec.kind) {
    case 'add': {
      const [first = '', ...rest] = spec.targets;
      return rest.length === 0 ? first : `${first} and ${rest.length} more`;
    }
    case 'sync':
      return spec.options.collection === undefined ? 'every source' : `collection ${spec.options.collection}`;
    case 'workflow':
      return spec.file;
    case 'command-line':
      return spec.argv.slice(1).join(' ');
  }
}
