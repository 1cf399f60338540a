import type { Runtime } from '../platform/runtime.ts';
import type { CrawlOptions, PageRefusal } from './site/types.ts';

/** What a remembered source is made of. */
export type SourceKind = 'file' | 'folder' | 'url' | 'site' | 'stdin' | 'import';

export type SourceOptions = {
  /** Globs below the root; when given, only matching files are taken. */
  readonly include?: readonly string[];
  /** Globs below the root that are left out. */
  readonly exclude?: readonly string[];
  /** Also take hidden files and folders. */
  readonly hidden?: boolean;
  /** Do not read .gitignore and .ragignore. */
  readonly noIgnore?: boolean;
  readonly maxFileBytes?: number;
  /** Allow URLs that resolve to private, loopback and link-local addresses. */
  readonly allowPrivate?: boolean;
  /** What is done with personal data; else the setting `privacy.pii`. */
  readonly pii?: 'off' | 'report' | 'redact' | 'pseudonymize' | 'refuse';
  /** Take the pages that a URL leads to as well. */
  readonly crawl?: CrawlOptions;
  /** Read the text of pictures and scanned pages. */
  readonly ocr?: boolean;
  /** Extensions, in lower case, that are read though they name no documents. Follows from the settings, and is not stored. */
  readonly alsoRead?: readonly string[];
  /** Title of what comes from standard input. */
  readonly title?: string;
};

/** A place that was added, as it is remembered in the database. */
export type SourceSpec = {
  readonly kind: SourceKind;
  /** `file://` URI of a file or folder, `http(s)://` URL, or `stdin:<title>`. */
  readonly uri: string;
  readonly options: SourceOptions;
};

/** One thing that a source holds, found without reading it. */
export type SourceItem = {
  /** Unique within a collection, see SourceRef.uri. */
  readonly uri: string;
  /** Path below the root of the source with `/`, or the URL; what people see and `--path` matches. */
  readonly path: string;
  /** Bytes of a file; null when not known before reading. */
  readonly size: number | null;
  /** Milliseconds since 1970; null when not known before reading. */
  readonly mtimeMs: number | null;
  /** How the bytes are had. A file is read in the parse worker, so its bytes never pass through the main process. */
  readonly content: ItemContent;
};

export type ItemContent = { readonly kind: 'file'; readonly path: string } | BytesContent | MemberContent;

export type BytesContent = {
  readonly kind: 'bytes';
  readonly bytes: Uint8Array;
  readonly mediaType?: string;
  readonly charset?: string;
  /** File name that the server proposes; else the name is the last part of the path. */
  readonly name?: string;
  /** Hashes of blocks of HTML that are not for its document, see PageFacts.blocks. */
  readonly leaveOut?: readonly string[];
};

/** One document of a file that holds many, as found when that file was opened. */
export type MemberContent = {
  readonly kind: 'member';
  /** The file that holds it, or one of the spool that its bytes were unpacked to. */
  readonly file: string;
  /** Stretch of the file: the bytes of the member or, with `entry`, those of the ZIP archive that it is packed in. */
  readonly start: number;
  readonly length: number;
  readonly entry?: PackedEntry;
  /** As a mail declares its attachments. */
  readonly mediaType?: string;
  /** Of an export of another program: how it is to be read. */
  readonly as?: ExportReading;
  /** A message of a mailbox: lines that begin with "From " have a ">" before them (RFC 4155). */
  readonly isFromQuoted?: boolean;
};

/** How a file of another program's export is read, with what of the export it needs besides. */
export type ExportReading =
  | { readonly format: 'notion' | 'confluence' }
  | { readonly format: 'slack-day'; readonly channel: string; readonly users: ItemContent }
  | { readonly format: 'stack-exchange'; readonly users: ItemContent | null; readonly comments: ItemContent | null }
  /** It holds what others need; left out if it begins as such a file does. */
  | { readonly format: 'part'; readonly pattern: string; readonly message: string };

/** Where a member of a ZIP archive stands, as its directory says; nothing of it is trusted. */
export type PackedEntry = {
  readonly name: string;
  readonly compressedBytes: number;
  readonly declaredBytes: number;
  readonly flags: number;
  readonly method: number;
  /** Of its bytes before packing. */
  readonly crc32: number;
  /** Where its local header begins, in the archive. */
  readonly headerOffset: number;
};

/** Something that was seen and deliberately not taken; told to the user with its reason. */
export type SkippedItem = {
  /** Ends with '/' for a folder, which stands for all below it: what it holds is not known. */
  readonly uri: string;
  readonly path: string;
  readonly code:
    | 'binary'
    | 'too-large'
    | 'not-regular'
    | 'link-escapes'
    | 'unreadable'
    | 'empty'
    | 'too-deep'
    | PageRefusal;
  readonly message: string;
};

export type SourceListing = {
  readonly items: readonly SourceItem[];
  readonly skipped: readonly SkippedItem[];
  /**
   * 'missing': the root is not there (or cannot be reached). 'part': some of what is there, as it was found. Nothing may
   * be removed on the strength of either.
   */
  readonly root: 'present' | 'missing' | 'part';
  /** Why the root counts as missing, one sentence for people. */
  readonly reason?: string;
  /** When given, only these URIs and what is below them was looked at: what is stored elsewhere is not to be judged by it. */
  readonly scope?: ReadonlySet<string>;
  /** Of a folder source: places of the folders that were read, and of those that links to files lead to. Absolute. */
  readonly folders?: readonly string[];
  /** Those of them that links lead to: what happens there shows under another path. */
  readonly linkedFolders?: readonly string[];
};

/** A place that documents come from. Listing is bounded in time, memory and depth, and throws RagError SOURCE_*. */
export type SourceDriver = {
  readonly kind: SourceKind;
  list(spec: SourceSpec, runtime: Runtime): Promise<SourceListing>;
};

export type * from './site/types.ts';
