import { type ChildProcess, fork } from 'node:child_process';
import { residentBytes } from './process-memory.ts';

export type ProcessPoolOptions = {
  /** Script of the workers: it gets `{id, request}` and answers each with `{id, reply}`, in order. */
  readonly entry: URL;
  readonly size: number;
  /** Longest time for one request. */
  readonly timeoutMs: number;
  /** Most resident memory of one worker. */
  readonly maxMemoryBytes: number;
};

/** Why a worker was lost while it had the request. */
export class WorkerLost extends Error {
  constructor(
    readonly reason: 'timeout' | 'memory' | 'crash' | 'closed',
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
};

type Worker<Request, Reply> = {
  readonly child: ChildProcess;
  /** In the order sent; the first is being worked on. */
  readonly tasks: { readonly id: number; readonly task: Task<Request, Reply> }[];
  headSince: number;
  lost: WorkerLost | null;
};

/** Requests that wait at a worker, so that it never idles between two small ones. */
const DEPTH = 8;
const WATCH_INTERVAL_MS = 100;
/** Garbage that V8 has not collected yet is not the document's fault: the heap cap itself stays below the memory cap. */
const HEAP_SHARE = 0.8;
/** Young objects of a worker, in MiB: the default of 16 makes each worker 20 MB larger and none faster. */
const SEMI_SPACE_MIB = 4;

/**
 * A pool of processes that can be killed: hangs and memory in synchronous code cannot be stopped from inside.
 * Workers start when they are needed, are reused, and get an empty environment.
 */
export function createProcessPool<Request, Reply>(options: ProcessPoolOptions): ProcessPool<Request, Reply> {
  const { entry, size, timeoutMs, maxMemoryBytes } = options;
  const workers = new Set<Worker<Request, Reply>>();
  const queue: Task<Request, Reply>[] = [];
  let nextId = 0;
  let closed = false;
  let watch: NodeJS.Timeout | undefined;

  const start = (): Worker<Request, Reply> => {
    const child = fork(entry, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: {},
      execArgv: [
        `--max-semi-space-size=${SEMI_SPACE_MIB}`,
        `--max-old-space-size=${Math.max(64, Math.floor((maxMemoryBytes * HEAP_SHARE) / 2 ** 20))}`,
      ],
    });
    const worker: Worker<Request, Reply> = { child, tasks: [], headSince: 0, lost: null };
    child.on('message', (message: { id: number; reply: Reply }) => {
      // What arrives after the worker was given up comes too late for its request, and must not blame the next one.
      if (worker.lost) return;
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
    child.on('error', () => lose(worker, new WorkerLost('crash', 'The worker could not be started or reached.')));
    child.on('exit', (code, signal) => lose(worker, worker.lost ?? crashOf(code, signal)));
    workers.add(worker);
    watch ??= setInterval(() => void inspect(), WATCH_INTERVAL_MS);
    return worker;
  };

  /** The first request is the one that did it; those behind it go back to the queue. */
  const lose = (worker: Worker<Request, Reply>, reason: WorkerLost): void => {
    if (!workers.delete(worker)) return;
    const [head, ...rest] = worker.tasks.splice(0);
    head?.task.reject(reason);
    queue.unshift(...rest.map(({ task }) => task));
    feed();
  };

  const kill = (worker: Worker<Request, Reply>, reason: WorkerLost): void => {
    worker.lost ??= reason;
    worker.child.kill('SIGKILL');
  };

  const inspect = async (): Promise<void> => {
    for (const worker of workers) {
      if (worker.tasks.length === 0) continue;
      const elapsedMs = Date.now() - worker.headSince;
      if (elapsedMs > timeoutMs) {
        kill(worker, new WorkerLost('timeout', `It took longer than ${timeoutMs / 1000} s.`));
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
      if (!worker) return;
      const task = queue.shift() as Task<Request, Reply>;
      const id = nextId++;
      if (worker.tasks.length === 0) worker.headSince = Date.now();
      worker.tasks.push({ id, task });
      try {
        worker.child.send({ id, request: task.request }, (error) => {
          if (error) kill(worker, new WorkerLost('crash', 'The worker went away.'));
        });
      } catch (error) {
        // What cannot be copied to another process never reached it.
        worker.tasks.pop();
        task.reject(error);
      }
    }
  };

  /** An idle worker, else a new one, else the one with the shortest line. */
  const pick = (): Worker<Request, Reply> | undefined => {
    let best: Worker<Request, Reply> | undefined;
    for (const worker of workers) {
      if (worker.lost) continue;
      if (worker.tasks.length === 0) return worker;
      if (worker.tasks.length < DEPTH && worker.tasks.length < (best?.tasks.length ?? DEPTH)) best = worker;
    }
    return workers.size < size ? start() : best;
  };

  return {
    run: (request) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new WorkerLost('closed', 'The pool is closed.'));
        queue.push({ request, resolve, reject });
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
  if (signal === 'SIGABRT' || signal === 'SIGKILL' || code === 134) {
    return new WorkerLost('memory', 'It ran out of memory.');
  }
  return new WorkerLost('crash', `The parser crashed (${signal ?? `exit code ${code}`}).`);
}
