import { createHmac, timingSafeEqual } from 'node:crypto';
import { machineKey } from '../../platform/machine-key.ts';
import { canonicalJson } from './canonical-json.ts';
import type { JobSpec } from './job-spec.ts';

/** What stands in the database: a job of which it can be told whether this user of this machine asked for it. */
export type SealedSpec = JobSpec & { readonly seal?: string };

/**
 * A database is a file that people pass on, and a job in it may write files: one that somebody else queued is not done
 * unasked.
 */
export const sealed = (spec: JobSpec): SealedSpec => ({ ...withoutSeal(spec), seal: sealOf(spec) });

export function isOwn(spec: SealedSpec): boolean {
  const given = Buffer.from(String(spec.seal ?? ''));
  const right = Buffer.from(sealOf(spec));
  return given.length === right.length && timingSafeEqual(given, right);
}

const sealOf = (spec: SealedSpec): string =>
  createHmac('sha256', machineKey())
    .update(canonicalJson(withoutSeal(spec)))
    .digest('hex');

function withoutSeal(spec: SealedSpec): JobSpec {
  const { seal: _, ...rest } = spec;
  return rest as JobSpec;
}
