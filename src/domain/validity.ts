/** When a document says that it applies, and whether it does at the time that a question is about. */
export type Validity = {
  /** ISO 8601; null where the document does not say. */
  readonly from: string | null;
  readonly until: string | null;
  readonly status: 'superseded' | 'archived' | 'draft' | null;
  /** Path of the document that says it replaces this one, or that this one says it is replaced by. */
  readonly supersededBy: string | null;
  readonly applies: boolean;
};

/** `superseded by people/leave-2026.md; valid until 2025-12-31`; empty where there is nothing to say. */
export function describeValidity({ from, until, status, supersededBy }: Validity): string {
  const day = (moment: string): string => moment.slice(0, 10);
  return [
    ...(supersededBy !== null ? [`superseded by ${supersededBy}`] : status !== null ? [status] : []),
    ...(from !== null ? [`valid from ${day(from)}`] : []),
    ...(until !== null ? [`valid until ${day(until)}`] : []),
  ].join('; ');
}
