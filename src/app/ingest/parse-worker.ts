import { setFlagsFromString } from 'node:v8';
import { serveProcessPool } from '../../platform/process-worker.ts';
import { runExpandTask } from './containers/run-expand-task.ts';
import type { WorkerReply, WorkerTask } from './parse-task.ts';
import { runPictureTask } from './programs/run-picture-task.ts';
import { runParseTask } from './run-parse-task.ts';
import { runSiteTask, type SiteReply, type SiteTask } from './site/site-task.ts';

// Grammars are WebAssembly of huge functions: V8's optimizing compiler takes up to two seconds and 100 MB for one of them, and
// what the baseline compiler makes reads a source as fast.
setFlagsFromString('--liftoff-only');

serveProcessPool<WorkerTask | SiteTask, WorkerReply | SiteReply>((task) => {
  if ('site' in task) return runSiteTask(task);
  if ('expand' in task) return runExpandTask(task);
  return 'picture' in task ? runPictureTask(task) : runParseTask(task);
});
