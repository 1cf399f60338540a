import type { Settings } from '../../../config/types.ts';
import type { TreatmentPlan } from '../../../privacy/types.ts';

export type SentText = {
  readonly text: string;
  /** Where a position of the text is in what is sent. */
  readonly moved: (position: number) => number;
};

/** What is sent in place of texts that belong together. */
export type Sent = {
  readonly texts: readonly SentText[];
  /** By pseudonym, the value as it was written first; empty where none are made. */
  readonly values: ReadonlyMap<string, string>;
};

export type RemoteGuard = {
  /**
   * A value that is sure in one of the texts counts in all. Throws PRIVACY_REFUSED where the user refuses what holds any,
   * and CONFIG_INVALID when there is no key.
   */
  send(texts: readonly string[]): Promise<Sent>;
  /** Whether the user refuses to send a text. */
  refuses(text: string): Promise<boolean>;
};

/** What stands between documents and models on other machines; null where nothing does. Detectors are loaded at first use. */
export function remoteGuard(settings: Settings): RemoteGuard | null {
  const { remote } = settings.privacy;
  if (remote === 'off') return null;
  const planned = async (): Promise<TreatmentPlan> => {
    const { treatmentPlan } = await import('../treatment-plan.ts');
    return treatmentPlan(settings, remote) as TreatmentPlan;
  };
  return {
    async send(texts) {
      const { sendTexts } = await import('./send-texts.ts');
      return sendTexts(texts, await planned());
    },
    async refuses(text) {
      if (remote !== 'refuse') return false;
      const { findPii } = await import('../../../privacy/find-pii.ts');
      return findPii(text, await planned()).length > 0;
    },
  };
}
