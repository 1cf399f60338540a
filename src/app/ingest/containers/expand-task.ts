import type { ContainerKind, FoundMember } from '../../../parse/container/types.ts';
import type { RagErrorCode } from '../../../platform/errors.ts';
import type { MemberRules } from '../../../source/member-rules.ts';
import type { ItemContent } from '../../../source/types.ts';

/** What a parse worker is asked of a file that holds many documents: to find them. */
export type ExpandTask = {
  readonly expand: ContainerKind;
  readonly content: ItemContent;
  /** Below the root of its source, for globs and ignore rules. */
  readonly path: string;
  readonly rules: MemberRules;
  /** Of the stored version; the same bytes are not opened again. */
  readonly knownHash: string | null;
  /** A folder for what has to be unpacked before it can be read. */
  readonly spool: string;
  readonly limits: ExpandLimits;
  /** Whether a message of a mailbox may be named for its subject; personal data in it would stand in its path. */
  readonly namesSubjects: boolean;
  /** Where to go on in a container that is taken in part by part; 0 at first. */
  readonly from: number;
};

export type ExpandLimits = {
  /** Most bytes of a file in memory at once, as of any document. */
  readonly maxFileBytes: number;
  readonly maxMembers: number;
  /** Most bytes of all members, unpacked. */
  readonly maxBytes: number;
  readonly maxSpoolBytes: number;
};

export type ExpandReply = { readonly elapsedMs: number } & ExpandResult;

export type Reason = { readonly code: RagErrorCode; readonly message: string; readonly hint?: string };

export type ExpandResult =
  | { readonly status: 'unchanged'; readonly size: number }
  | {
      readonly status: 'expanded';
      readonly size: number;
      /** Of the container; empty for a part that goes on with one. */
      readonly contentHash: string;
      readonly members: readonly FoundMember[];
      readonly leftOut: readonly { readonly path: string; readonly message: string }[];
      /** Why the rest of it could not be found. */
      readonly problem: Reason | null;
      readonly memberBytes: number;
      readonly spooledBytes: number;
      /** Where the next part begins; null at the end. */
      readonly next: number | null;
    }
  | ({ readonly status: 'failed' } & Reason);
