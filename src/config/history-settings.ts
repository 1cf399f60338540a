import { integer, toggle } from './setting.ts';

/** Settings of former versions of documents. */
export const HISTORY_SETTINGS = {
  'history.enabled': toggle({
    default: true,
    project: 'trusted',
    description:
      'Keep what documents were before they were edited, moved or removed; what a snapshot needs is kept anyway',
  }),
  'history.maxVersions': integer({
    min: 0,
    max: 100_000,
    default: 50,
    unit: 'versions',
    project: 'trusted',
    description: 'Former versions of a document that stay, the newest; 0 sets no bound',
  }),
  'history.maxAgeDays': integer({
    min: 0,
    max: 100_000,
    default: 0,
    unit: 'days',
    project: 'trusted',
    description: 'How long a former version stays after it was replaced; 0 sets no bound',
  }),
  'history.maxSharePercent': integer({
    min: 0,
    max: 99,
    default: 50,
    unit: 'percent',
    project: 'trusted',
    description: 'Share of the database that former versions may take; the oldest go first; 0 sets no bound',
  }),
  'history.pastCopies': integer({
    min: 1,
    max: 100,
    default: 3,
    unit: 'copies',
    project: 'trusted',
    description: 'Former states of the database that stay in the cache folder for `--as-of`, each a copy of it',
  }),
} as const;
