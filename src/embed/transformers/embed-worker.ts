import { serveProcessPool } from '../../platform/process-worker.ts';
import { embedTask } from './embed-task.ts';

serveProcessPool(embedTask);
