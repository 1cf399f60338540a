import { Worker } from 'node:worker_threads';
import type { ParseReply, ParseTask } from './parse-task.ts';
import { runParseTask } from './run-parse-task.ts';

/** Terminals and service managers signal the whole group; the parent decides when a worker ends. */
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.on('disconnect', () => process.exit(0));

/**
 * A parser that hangs cannot see that its parent was killed. This thread can.
 * `process.ppid` becomes that of another process when the parent is gone.
 */
const WATCHDOG = `
const parent = process.ppid;
setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL'); }, 1000);
`;
new Worker(WATCHDOG, { eval: true }).unref();

const answer = (id: number, reply: ParseReply) => process.send?.({ id, reply });

let line = Promise.resolve();
process.on('message', ({ id, request }: { id: number; request: ParseTask }) => {
  line = line.then(async () => {
    answer(id, await runParseTask(request));
  });
});
process.send?.('ready');
