/** Containers in containers: an archive in a mail in an archive is the deepest that people make. */
export const MAX_NESTING = 3;

/** Documents in one container, with those of the containers in it. A mailbox of ten years has a hundred thousand. */
export const MAX_MEMBERS = 500_000;

/** Bytes of all members together, unpacked; what is more than that is no archive of documents. */
export const MAX_MEMBER_BYTES = 16 * 2 ** 30;

/** Genuine archives of text unpack to some 20 times their size, of repeated records to 100. */
export const MAX_MEMBER_RATIO = 200;
/** Of this much nobody needs to be afraid, whatever the ratio. */
export const ANY_RATIO_BYTES = 256 * 2 ** 20;

/** Room on the disk for what one container unpacks to, with those in it, while it is read. */
export const MAX_SPOOL_BYTES = 2 * 2 ** 30;

/** As much of a mailbox as is looked through at once: a few seconds of a slow disk. */
export const SCAN_BYTES = 256 * 2 ** 20;
