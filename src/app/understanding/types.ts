import type { DocumentId } from '../../domain/ids.ts';
import type { SearchFilter } from '../../domain/search.ts';
import type { DocumentFacts } from '../../understand/types.ts';

export type { DocumentFacts };

export type Keyword = {
  /** A word or two to three words, as the document writes them. */
  readonly text: string;
  /** How often it says so. */
  readonly count: number;
};

export type DocumentReport = {
  readonly documentId: DocumentId;
  readonly path: string;
  readonly title: string;
  readonly facts: DocumentFacts;
  /** What it speaks of more than the others do, the most telling first. */
  readonly keywords: readonly Keyword[];
  readonly words: number;
  readonly characters: number;
  /** Its last day is over, or it says that it was replaced. */
  readonly isExpired: boolean;
};

export type ExpiredDocument = { readonly id: DocumentId; readonly path: string; readonly until: string };

export type DuplicateOptions = {
  readonly filter?: SearchFilter;
  /** Least share of common shingles, from .3 to 1. */
  readonly threshold?: number;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  readonly signal?: AbortSignal;
};

/** `bytes`: the files are equal. `words`: the texts differ in case, punctuation and white space at most. */
export type Likeness = 'bytes' | 'words' | 'near';

export type DuplicateGroup = {
  /** The newest first; each other one compared with it. */
  readonly documents: readonly {
    readonly documentId: DocumentId;
    readonly path: string;
    readonly uri: string;
    readonly modifiedAt: string | null;
    readonly bytes: number;
    readonly likeness: Likeness;
    /** Share of common shingles with the first, from 0 to 1. A group is a chain: it may be below the threshold. */
    readonly similarity: number;
  }[];
};

export type DuplicateReport = {
  readonly threshold: number;
  /** Documents that were compared. */
  readonly documents: number;
  /** Documents of which no sketch could be kept, as the database cannot be written. */
  readonly lacking: number;
  /** The largest first. */
  readonly groups: readonly DuplicateGroup[];
  readonly interrupted: boolean;
};

export type FillOptions = Pick<DuplicateOptions, 'onProgress' | 'signal'>;

/** What is known of documents beside their text. */
export type Understanding = {
  /** Of one document. Throws NOT_FOUND with the nearest names, USAGE where it names several. */
  facts(reference: string): Promise<DocumentReport>;
  /** Documents whose last day, as they say it, is over; the longest ago first. */
  expired(limit: number): readonly ExpiredDocument[];
  /** Looks at documents that were stored by an earlier version, imported or restored. Says how many there were. */
  fill(options?: FillOptions): Promise<number>;
  /** Groups of documents with nearly the same text. Throws USAGE for a threshold out of its range. */
  duplicates(options?: DuplicateOptions): Promise<DuplicateReport>;
  /** All tags, of documents and of sources, the most frequent first. */
  tags(): readonly TagCount[];
  /** Gives a document tags that stay when its file is read again. Throws NOT_FOUND, USAGE, DB_READ_ONLY. */
  tag(reference: string, tags: readonly string[]): TaggedDocument;
  untag(reference: string, tags: readonly string[]): TaggedDocument;
  /** Tags for documents without any, learned from those that have some. */
  suggestTags(options?: TagSuggestOptions): Promise<TagSuggestions>;
};

export type TagSuggestOptions = FillOptions & {
  readonly filter?: SearchFilter;
  /** Least confidence of a suggestion, from 0 to 1. */
  readonly minConfidence?: number;
  /** Give the documents the tags. */
  readonly apply?: boolean;
};

export type TagSuggestion = {
  readonly documentId: DocumentId;
  readonly path: string;
  /** The likeliest first. */
  readonly tags: readonly { readonly tag: string; readonly confidence: number }[];
};

/** Of tagged documents that were held out, each once. Null where nothing was suggested, or nothing had the tag. */
export type TagFigures = {
  readonly tag: string;
  readonly documents: number;
  readonly suggested: number;
  readonly right: number;
  readonly precision: number | null;
  readonly recall: number | null;
};

export type TagSuggestions = {
  readonly minConfidence: number;
  /** Documents with tags of their own, from which the others were learned. */
  readonly tagged: number;
  readonly untagged: number;
  /** Tags with too few documents to learn them, or that all documents have. */
  readonly tooFew: readonly string[];
  readonly figures: readonly TagFigures[];
  readonly suggestions: readonly TagSuggestion[];
  readonly applied: boolean;
};

export type TaggedDocument = { readonly path: string; readonly tags: readonly string[] };

export type TagCount = { readonly tag: string; readonly documents: number };
