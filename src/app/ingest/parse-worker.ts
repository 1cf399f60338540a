import { serveProcessPool } from '../../platform/process-worker.ts';
import { runParseTask } from './run-parse-task.ts';

serveProcessPool(runParseTask);
