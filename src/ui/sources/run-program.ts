import { spawn } from 'node:child_process';
import { messageOf, RagError } from '../../platform/errors.ts';
import type { ProgramCall } from './opening-command.ts';

/**
 * Runs a program that takes the terminal, to its end, and gives it `text` as its input where there is one. Ctrl-C belongs
 * to the program meanwhile. Throws NOT_FOUND when it cannot be started.
 */
export async function runInTerminal(call: ProgramCall, text?: string): Promise<void> {
  const before = process.listeners('SIGINT');
  process.removeAllListeners('SIGINT');
  const ignore = (): void => {};
  process.on('SIGINT', ignore);
  try {
    await new Promise<void>((resolve, reject) => {
      const child = spawn(call.program, call.arguments, {
        stdio: [text === undefined ? 'inherit' : 'pipe', 'inherit', 'inherit'],
      });
      child.on('error', (error) => reject(notStarted(call, error)));
      child.on('close', () => resolve());
      child.stdin?.on('error', () => {
        // A pager that is left early reads no further.
      });
      child.stdin?.end(text);
    });
  } finally {
    process.off('SIGINT', ignore);
    for (const listener of before) process.on('SIGINT', listener as NodeJS.SignalsListener);
  }
}

/** Starts a program with a window of its own, and does not wait for its end. Throws NOT_FOUND when it cannot be started. */
export const startOutside = (call: ProgramCall): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(call.program, call.arguments, { stdio: 'ignore', detached: true });
    child.on('error', (error) => reject(notStarted(call, error)));
    child.on('spawn', () => {
      child.unref();
      resolve();
    });
  });

const notStarted = ({ program }: ProgramCall, cause: Error): RagError =>
  new RagError('NOT_FOUND', {
    message: `${program} could not be started: ${messageOf(cause)}`,
    hint: 'Install it, or choose another program: `rag config list` shows chat.pager, chat.editor and chat.opener.',
    cause,
  });
