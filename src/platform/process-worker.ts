import { Worker } from 'node:worker_threads';

/**
 * Code that hangs cannot see that its parent was killed. This thread can.
 * `process.ppid` becomes that of another process when the parent is gone.
 */
const WATCHDOG = `
const parent = process.ppid;
setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL'); }, 1000);
`;

/** The side of a process pool that works: says that it is ready, then answers one request after another, in order. */
export function serveProcessPool<Request, Reply>(answer: (request: Request) => Promise<Reply>): void {
  // Terminals and service managers signal the whole group; the parent decides when a worker ends.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  process.on('disconnect', () => process.exit(0));
  new Worker(WATCHDOG, { eval: true }).unref();

  let line = Promise.resolve();
  process.on('message', ({ id, request }: { id: number; request: Request }) => {
    line = line.then(async () => {
      process.send?.({ id, reply: await answer(request) });
    });
  });
  process.send?.('ready');
}
