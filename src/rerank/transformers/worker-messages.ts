/** Where a model is taken from and kept. */
export type ModelSource = {
  /** Absolute path of a folder, or a name on the Hub. */
  readonly model: string;
  readonly isFolder: boolean;
  readonly cacheFolder: string;
  readonly endpoint: string;
  readonly offline: boolean;
};

/** One batch. The first one of a process also loads the model. */
export type ScoreTask = {
  readonly source: ModelSource;
  readonly query: string;
  readonly passages: readonly string[];
};

/** Why there is no model: the library is not installed, its files are not there, the Hub does not answer, or the rest. */
export type LoadProblem = 'library' | 'missing' | 'unreachable' | 'unusable';

export type ScoreReply =
  | { readonly status: 'scored'; readonly scores: readonly number[] }
  | { readonly status: 'failed'; readonly problem: LoadProblem; readonly message: string };
