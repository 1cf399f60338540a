import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { describeSpace } from '../../domain/same-space.ts';
import type { EmbeddingSpace } from '../../domain/search.ts';
import { RagError } from '../../platform/errors.ts';
import { isRunning } from '../../platform/is-running.ts';
import type { SpaceFiller, SpaceFillWriter } from '../../store/types.ts';
import type { AppContext } from '../app-context.ts';

/** Who has said nothing for so long is gone, or has lost its turn. */
const LOST_AFTER_MS = 60_000;
const HEARTBEAT_MS = 10_000;

/** The right to fill a space, which one process has at a time. */
export type Filling = {
  /** One transaction. Throws DB_BUSY when another process has taken over, NOT_FOUND when the space was dropped. */
  write<T>(work: (writer: SpaceFillWriter) => T): T;
  /** Gives it back; never throws. */
  end(): void;
};

/** Takes the right to fill the space, which is made if need be. Throws DB_BUSY while another process has it. */
export function beginFilling(
  { store, runtime }: Pick<AppContext, 'store' | 'runtime'>,
  space: EmbeddingSpace,
): Filling {
  const token = randomUUID();
  const { clock } = runtime;
  const sign = (writer: SpaceFillWriter) =>
    writer.putFiller(space, { token, pid: process.pid, host: hostname(), at: clock.now() });
  store.fillSpace((writer) => {
    writer.ensureSpace(space);
    const other = writer.fillerOf(space);
    if (other && isAtWork(other, clock.now())) throw isBusy(space, other);
    sign(writer);
  });
  const write = <T>(work: (writer: SpaceFillWriter) => T): T =>
    store.fillSpace((writer) => {
      const other = writer.fillerOf(space);
      if (other && other.token !== token) throw isBusy(space, other);
      sign(writer);
      return work(writer);
    });
  const timer = setInterval(() => {
    try {
      // A write of another process is no reason to stand still here: the next batch signs as well.
      if (!store.writeLock()) write(() => {});
    } catch {
      // The next write says what is wrong.
    }
  }, HEARTBEAT_MS);
  timer.unref();
  return {
    write,
    end() {
      clearInterval(timer);
      try {
        write((writer) => writer.putFiller(space, null));
      } catch {
        // It is no longer ours, or the space is active by now; either way there is nothing to give back.
      }
    },
  };
}

/** A process of this machine that is gone fills nothing, however lately it wrote. */
export const isAtWork = ({ at, host, pid }: SpaceFiller, now: number): boolean =>
  now - at < LOST_AFTER_MS && (host !== hostname() || isRunning(pid));

const isBusy = (space: EmbeddingSpace, { pid, host }: SpaceFiller): RagError =>
  new RagError('DB_BUSY', {
    message: `Another rag process (pid ${pid}${host === hostname() ? '' : ` on ${host}`}) makes the vectors of ${describeSpace(space)}.`,
    hint: 'Wait for it to finish, or end it; then run the command again: it goes on from there.',
  });
