/** On what questions settings were accepted, and what they brought there. */
export type TuningNote = {
  /** Name of the set of questions. */
  readonly set: string;
  /** Held-out questions that they were judged by. */
  readonly questions: number;
  /** Mean nDCG@10 of those questions without the settings, and with them. */
  readonly before: number;
  readonly after: number;
  /** Two-sided, of the paired randomisation test. */
  readonly p: number;
};

export type StoredTuning = {
  /** By parameter; empty when the database has the defaults. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Since when, ISO 8601, and why; null where only the values are known. */
  readonly note: (TuningNote & { readonly at: string }) | null;
};

/** Beside the parameters, and named like none. */
const NOTE = 'about';

/** Values with their note as one object, as a database keeps them. */
export const packTuning = (
  values: StoredTuning['values'],
  note: StoredTuning['note'] = null,
): Readonly<Record<string, unknown>> =>
  note && Object.keys(values).length > 0 ? { ...values, [NOTE]: note } : { ...values };

/** The other way; what is no note is left out. */
export function unpackTuning(stored: Readonly<Record<string, unknown>>): StoredTuning {
  const { [NOTE]: note, ...values } = stored;
  return { values, note: isNote(note) ? note : null };
}

function isNote(value: unknown): value is NonNullable<StoredTuning['note']> {
  if (typeof value !== 'object' || value === null) return false;
  const { at, set, ...figures } = value as Record<string, unknown>;
  return (
    typeof at === 'string' &&
    !Number.isNaN(Date.parse(at)) &&
    typeof set === 'string' &&
    ['questions', 'before', 'after', 'p'].every((key) => Number.isFinite(figures[key]))
  );
}
