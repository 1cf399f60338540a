/** What personal data or a secret is, as `privacy.kinds` names it and a placeholder says it. */
export const PII_KINDS = [
  'email',
  'phone',
  'card',
  'iban',
  'national-id',
  'birth-date',
  'ip',
  'mac',
  'secret',
  'crypto',
] as const;

export type PiiKind = (typeof PII_KINDS)[number];
