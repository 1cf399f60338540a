import type { EntityKind } from './entity-kinds.ts';

/** One place where something is named. `name` is what it is compared by, when that is not the text of the span. */
export type Occurrence = {
  readonly start: number;
  readonly end: number;
  readonly kind: EntityKind;
  readonly name?: string;
  /** Where a link goes from its label: a relation of the document to what it points to. */
  readonly isLink?: boolean;
};
