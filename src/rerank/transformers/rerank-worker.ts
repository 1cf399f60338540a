import { serveProcessPool } from '../../platform/process-worker.ts';
import { scoreTask } from './score-task.ts';

serveProcessPool(scoreTask);
