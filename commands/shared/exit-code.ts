import { isRagError } from '../../src/platform/errors.ts';

/** What a command tells the shell. */
export const EXIT = {
  done: 0,
  nothingFound: 1,
  usage: 2,
  failed: 3,
  partlyFailed: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export function exitCodeOf(error: unknown): ExitCode {
  if (!isRagError(error)) return EXIT.failed;
  switch (error.code) {
    case 'USAGE':
    case 'CONFIG_INVALID':
    case 'MODEL_UNKNOWN':
      return EXIT.usage;
    case 'NOT_FOUND':
      return EXIT.nothingFound;
    case 'ABORTED':
      return EXIT.interrupted;
    default:
      return EXIT.failed;
  }
}
