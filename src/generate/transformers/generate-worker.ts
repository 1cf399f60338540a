import { serveProcessPool } from '../../platform/process-worker.ts';
import { textTask } from './text-task.ts';

serveProcessPool(textTask);
