import type { Readable } from 'node:stream';
import type { KnowledgeBase } from '../../src/app/types.ts';
import type { Environment } from '../../src/config/load.ts';
import type { Settings } from '../../src/config/types.ts';
import type { Log } from '../../src/platform/runtime.ts';
import type { Style } from '../../src/present/text/style.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

export type OpenRequest = {
  readonly path: string;
  readonly settings: Settings;
  /** Make the file when there is none; else that is the error DB_MISSING. */
  readonly create: boolean;
  readonly log: Log;
};

/** The outside world as a command sees it. */
export type Io = {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  /** Absolute path. */
  readonly workingFolder: string;
  /** Fires on Ctrl-C. */
  readonly signal: AbortSignal;
  /** In place of the process's own environment. */
  readonly environment?: Environment;
  readonly openKnowledgeBase: (request: OpenRequest) => Promise<KnowledgeBase>;
};

export type CommandContext = Io & {
  /** Makes a commander action of a handler: its result becomes the exit status. */
  action<Values extends unknown[]>(
    handler: (...values: Values) => Promise<ExitCode>,
  ): (...values: Values) => Promise<void>;
  /** How errors are painted, as soon as the settings are known. */
  useErrorStyle(style: Style): void;
};
