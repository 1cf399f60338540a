import { integer } from './setting.ts';

/** Work in the background. */
export const JOB_SETTINGS = {
  'jobs.concurrency': integer({
    min: 1,
    max: 16,
    default: 1,
    unit: 'jobs',
    project: 'trusted',
    description: 'Jobs that one `rag worker` works on at the same time',
  }),
  'jobs.maxAttempts': integer({
    min: 1,
    max: 20,
    default: 5,
    unit: 'attempts',
    project: 'trusted',
    description: 'Attempts at a job that fails for a reason that may pass, such as a server that is down',
  }),
};
