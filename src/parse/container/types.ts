import type { MemberContent } from '../../source/types.ts';

/** Files that hold many documents: archives, mailboxes, mails with attachments, and dumps of Stack Exchange. */
export type ContainerKind = 'zip' | 'tar' | 'tar.gz' | 'mailbox' | 'mail' | 'posts';

/** Where a container stands on the disk. */
export type Stretch = { readonly file: string; readonly start: number; readonly length: number };

export type FoundMember = {
  /** Below the container, with "/", never leading out of it; unique in it. */
  readonly path: string;
  readonly size: number | null;
  readonly mtimeMs: number | null;
  readonly content: MemberContent;
};

/** Who finds members tells them here. All but `spool` bound what a container may cost, by throwing PARSE_TOO_LARGE. */
export type MemberSink = {
  /** The path that a member of this name gets; null when it is not wanted. */
  admit(name: string): string | null;
  leaveOut(name: string, message: string): void;
  put(member: FoundMember): void;
  /** Bytes that members have, as far as they are known when they are found. */
  count(bytes: number): void;
  /** Keeps bytes on the disk until the members are read. */
  readonly spool: { append(bytes: Uint8Array): void; readonly file: string; readonly length: number };
};
