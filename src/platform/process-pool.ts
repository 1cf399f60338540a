import { type ChildProcess, fork } from 'node:child_process';
import { messageOf } from './errors.ts';
import { residentBytes } from './process-memory.ts';

export type ProcessPoolOptions = {
  /** Script of the workers: it sends 'ready', then gets `{id, request}` and answers each with `{id, reply}`, in order. */
  readonly entry: URL;
  readonly size: number;
  /** Longest time for one request. */
  readonly timeoutMs: number;
  /** Most resident memory of one worker. */
  readonly maxMemoryBytes: number;
  /** Workers do not keep the program running, not even at work; who waits for one must. */
  readonly isBackground?: boolean;
};

/** Why a worker was lost while it had the request; 'start' when none can be had at all, which is no fault of it. */
export class WorkerLost extends Error {
  constructor(
    readonly reason: 'timeout' | 'memory' | 'crash' | 'start' | 'closed',
    message: string,
  ) {
    super(message);
    this.name = 'WorkerLost';
  }
}

export type ProcessPool<Request, Reply> = {
  /** Rejects with WorkerLost when this request cost its worker; other requests are not harmed by that. */
  run(request: Request): Promise<Reply>;
  close(): void;
};

type Task<Request, Reply> = {
  readonly request: Request;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: unknown) => void;
  /** Its worker was killed by somebody else; that may happen to a request once. */
  wasKilled: boolean;
};

type Worker<Request, Reply> = {
  readonly child: ChildProcess;
  /** In the order sent; the first is being worked on. */
  readonly tasks: { readonly id: number; readonly task: Task<Request, Reply> }[];
  headSince: number;
  /** It has said so; whatever ends it before is no request's fault. */
  isReady: boolean;
  lost: WorkerLost | null;
  /** Somebody else ended it, or cut the line to it. */
  wasKilled: boolean;
};

/** Requests that wait at a worker, so that it never idles between two small ones. */
const DEPTH = 8;
const WATCH_INTERVAL_MS = 100;
/** Starts that fail one after another before the pool gives up: the script or the machine is at fault then. */
const MAX_FAILED_STARTS = 3;
/** A worker is ready within a second, but for a machine that swaps. */
const START_TIMEOUT_MS = 20_000;
/** Garbage that V8 has not collected yet is not the document's fault: the heap cap itself stays below the memory cap. */
const HEAP_SHARE = 0.8;
/** Young objects of a worker, in MiB: the default of 16 makes each worker 20 MB larger and none faster. */
const SEMI_SPACE_MIB = 4;

/**
 * A pool of processes that can be killed: hangs and memory in synchronous code cannot be stopped from inside.
 * Workers start when they are needed, are reused, and get an empty environment.
 */
export function createProcessPool<Request, Reply>(options: ProcessPoolOptions): ProcessPool<Request, Reply> {
  const { entry, size, timeoutMs, maxMemoryBytes, isBackground = false } = options;
  const workers = new Set<Worker<Request, Reply>>();
  const queue: Task<Request, Reply>[] = [];
  let nextId = 0;
  let failedStarts = 0;
  let startProblem = '';
  let closed = false;
  let inspectedAt = 0;
  let watch: NodeJS.Timeout | undefined;

  /** Undefined when the system has no room for another process. */
  const start = (): Worker<Request, Reply> | undefined => {
    const child = tryFork();
    if (!child) return undefined;
    const worker: Worker<Request, Reply> = {
      child,
      tasks: [],
      headSince: 0,
      isReady: false,
      lost: null,
      wasKilled: false,
    };
    child.on('message', (message: 'ready' | { id: number; reply: Reply }) => {
      // What arrives after the worker was given up comes too late for its request, and must not blame the next one.
      if (worker.lost) return;
      if (!worker.isReady) {
        worker.isReady = true;
        worker.headSince = Date.now();
        failedStarts = 0;
      }
      if (message === 'ready') return;
      const head = worker.tasks[0];
      if (head?.id !== message.id) {
        kill(worker, new WorkerLost('crash', 'The worker answered what it was not asked.'));
        return;
      }
      worker.tasks.shift();
      worker.headSince = Date.now();
      head.task.resolve(message.reply);
      feed();
    });
    child.on('error', (error) => lose(worker, new WorkerLost('crash', `The worker is not there: ${error.message}.`)));
    child.on('exit', (code, signal) => {
      if (!worker.lost) worker.wasKilled = signal !== null && signal !== 'SIGABRT';
      lose(worker, worker.lost ?? crashOf(code, signal));
    });
    workers.add(worker);
    if (isBackground) {
      child.unref();
      child.channel?.unref();
    }
    if (!watch) {
      inspectedAt = Date.now();
      watch = setInterval(() => void inspect(), WATCH_INTERVAL_MS);
      if (isBackground) watch.unref();
    }
    return worker;
  };

  const tryFork = (): ChildProcess | undefined => {
    try {
      const child = fork(entry, [], {
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        env: {},
        execArgv: [
          `--max-semi-space-size=${SEMI_SPACE_MIB}`,
          `--max-old-space-size=${Math.max(64, Math.floor((maxMemoryBytes * HEAP_SHARE) / 2 ** 20))}`,
        ],
      });
      if (child.pid !== undefined) return child;
      // The missing pid has told it; unheard, the event would end this process.
      child.on('error', () => {});
      startProblem = 'the system allows no more processes or open files';
    } catch (error) {
      startProblem = messageOf(error);
    }
    failedStarts++;
    return undefined;
  };

  /**
   * The first request is the one that did it, unless the worker was not ready yet, or was killed by somebody else; those
   * behind it go back to the queue.
   */
  const lose = (worker: Worker<Request, Reply>, reason: WorkerLost): void => {
    if (!workers.delete(worker)) return;
    const tasks = worker.tasks.splice(0).map(({ task }) => task);
    const [head] = tasks;
    if (!worker.isReady) {
      failedStarts++;
      startProblem = reason.message;
    } else if (head && worker.wasKilled && !head.wasKilled) {
      head.wasKilled = true;
    } else {
      tasks.shift()?.reject(reason);
    }
    queue.unshift(...tasks);
    feed();
  };

  const kill = (worker: Worker<Request, Reply>, reason: WorkerLost): void => {
    worker.lost ??= reason;
    worker.child.kill('SIGKILL');
  };

  const inspect = async (): Promise<void> => {
    const now = Date.now();
    // While this process was busy, or the machine asleep, no answer could be heard: that is not the time of a request.
    const heldUpMs = now - inspectedAt - 2 * WATCH_INTERVAL_MS;
    inspectedAt = now;
    for (const worker of workers) {
      if (worker.tasks.length === 0) continue;
      if (heldUpMs > 0) worker.headSince = Math.min(now, worker.headSince + heldUpMs);
      const elapsedMs = Date.now() - worker.headSince;
      const limitMs = worker.isReady ? timeoutMs : Math.max(timeoutMs, START_TIMEOUT_MS);
      if (elapsedMs > limitMs) {
        kill(worker, new WorkerLost('timeout', `It took longer than ${limitMs / 1000} s.`));
      } else if (elapsedMs >= WATCH_INTERVAL_MS && worker.child.pid !== undefined) {
        const bytes = await residentBytes(worker.child.pid);
        if (bytes > maxMemoryBytes) {
          kill(
            worker,
            new WorkerLost('memory', `It needed more than ${Math.round(maxMemoryBytes / 2 ** 20)} MiB of memory.`),
          );
        }
      }
    }
  };

  const feed = (): void => {
    if (closed) return;
    while (queue.length > 0) {
      const worker = pick();
      if (!worker) break;
      const task = queue.shift() as Task<Request, Reply>;
      const id = nextId++;
      if (worker.tasks.length === 0) worker.headSince = Date.now();
      worker.tasks.push({ id, task });
      try {
        worker.child.send({ id, request: task.request }, (error) => {
          if (!error || worker.lost) return;
          worker.wasKilled = true;
          kill(worker, new WorkerLost('crash', 'The worker went away.'));
        });
      } catch (error) {
        // What cannot be copied to another process never reached it.
        worker.tasks.pop();
        task.reject(error);
      }
    }
    if (workers.size > 0) return;
    const reason = new WorkerLost('start', `No worker can be started: ${startProblem}`);
    for (const task of queue.splice(0)) task.reject(reason);
  };

  /** An idle worker, else a new one, else the one with the shortest line. */
  const pick = (): Worker<Request, Reply> | undefined => {
    let best: Worker<Request, Reply> | undefined;
    for (const worker of workers) {
      if (worker.lost) continue;
      if (worker.tasks.length === 0) return worker;
      if (worker.tasks.length < DEPTH && worker.tasks.length < (best?.tasks.length ?? DEPTH)) best = worker;
    }
    while (workers.size < size && failedStarts < MAX_FAILED_STARTS) {
      const worker = start();
      if (worker) return worker;
    }
    return best;
  };

  return {
    run: (request) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new WorkerLost('closed', 'The pool is closed.'));
        queue.push({ request, resolve, reject, wasKilled: false });
        feed();
      }),
    close() {
      closed = true;
      clearInterval(watch);
      const reason = new WorkerLost('closed', 'The pool was closed.');
      for (const task of queue.splice(0)) task.reject(reason);
      for (const worker of workers) {
        for (const { task } of worker.tasks.splice(0)) task.reject(reason);
        worker.child.removeAllListeners('exit');
        worker.child.kill('SIGKILL');
      }
      workers.clear();
    },
  };
}

/** V8 aborts when its heap is full; the kernel kills with SIGKILL when the machine's memory is. */
function crashOf(code: number | null, signal: NodeJS.Signals | null): WorkerLost {
  if (signal === 'SIGABRT' || code === 134) return new WorkerLost('memory', 'It ran out of memory.');
  if (signal === 'SIGKILL') {
    return new WorkerLost('memory', 'Its process was killed twice; the machine may be short of memory.');
  }
  return new WorkerLost('crash', `The worker crashed (${signal ?? `exit code ${code}`}).`);
}
