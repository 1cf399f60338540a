import { createHmac } from 'node:crypto';
import { sha256Hex } from '../platform/hash.ts';
import type { TreatmentPlan } from './types.ts';

/**
 * What tells versions of a file apart, 64 hex digits. Of a file whose personal data is taken out it is keyed: from the
 * plain sha256 of a small file anyone could tell, by trying, which number it held.
 */
export const contentHashOf = (bytes: Uint8Array, plan: TreatmentPlan | null): string =>
  plan?.treatment === 'redact' || plan?.treatment === 'pseudonymize'
    ? createHmac('sha256', Buffer.from(plan.key, 'hex')).update(plan.mark).update(bytes).digest('hex')
    : sha256Hex(bytes);
