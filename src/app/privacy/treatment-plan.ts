import { createHmac } from 'node:crypto';
import type { Settings } from '../../config/types.ts';
import type { PiiKind } from '../../domain/pii-kinds.ts';
import { sha256Hex } from '../../platform/hash.ts';
import type { Treatment, TreatmentPlan } from '../../privacy/types.ts';
import { pseudonymKey } from './pseudonym-key.ts';

/** Grows when detectors find more, so that documents which were treated by older ones are treated again. */
const RULES_VERSION = 1;

const plans = new WeakMap<Settings, Map<string, TreatmentPlan>>();

/** What is done with personal data; null for nothing. Throws CONFIG_INVALID when a key is needed and cannot be had. */
export function treatmentPlan(settings: Settings, pii: Treatment | 'off' | undefined): TreatmentPlan | null {
  const treatment = pii ?? settings.privacy.pii;
  if (treatment === 'off') return null;
  const made = plans.get(settings) ?? new Map<string, TreatmentPlan>();
  plans.set(settings, made);
  const plan = made.get(treatment) ?? makePlan(settings, treatment);
  made.set(treatment, plan);
  return plan;
}

function makePlan(settings: Settings, treatment: Treatment): TreatmentPlan {
  const { privacy } = settings;
  const key = treatment === 'redact' || treatment === 'pseudonymize' ? pseudonymKey(settings) : '';
  const kinds = privacy.kinds as readonly PiiKind[];
  const { allow } = privacy;
  const region = privacy.region ?? null;
  // Another key gives other pseudonyms; of the key only that can be told.
  const keyMark = treatment === 'pseudonymize' ? hmac(key, 'mark') : '';
  const rules = JSON.stringify([RULES_VERSION, [...kinds].sort(), [...allow].sort(), region, keyMark]);
  return { treatment, kinds, allow, region, key, mark: `${treatment}:${sha256Hex(rules).slice(0, 16)}` };
}

const hmac = (key: string, text: string): string =>
  createHmac('sha256', Buffer.from(key, 'hex')).update(text).digest('hex');
