import type { RagErrorCode } from '../../../platform/errors.ts';
import type { ItemContent } from '../../../source/types.ts';

/** What a worker is asked for before text is recognised: one page as a picture of a format that Tesseract reads. */
export type PictureTask = {
  /** 1-based; a picture of its own has one. */
  readonly picture: number;
  readonly content: ItemContent;
  readonly maxBytes: number;
};

export type PictureReply =
  | { readonly status: 'picture'; readonly bytes: Uint8Array }
  | { readonly status: 'failed'; readonly code: RagErrorCode; readonly message: string };
