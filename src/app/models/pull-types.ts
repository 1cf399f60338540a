export type PullEvent =
  | {
      readonly type: 'pull-progress';
      /** The file or layer that comes, or what the server does. */
      readonly what: string;
      /** Bytes of all that was asked for so far; `total` grows with each file. */
      readonly done: number;
      readonly total: number;
    }
  | { readonly type: 'pull-end'; readonly report: PullReport };

export type PullReport = {
  /** `provider/model`. */
  readonly name: string;
  /** Where it stands: a folder, or the address of a server. */
  readonly where: string;
  /** That came over the network in this run. */
  readonly bytes: number;
  /** False when everything was there before. */
  readonly isNew: boolean;
};

export type PullOptions = {
  readonly fetch: typeof globalThis.fetch;
  readonly signal?: AbortSignal;
};
