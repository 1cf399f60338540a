import { foundation } from './0001-foundation.ts';
import { entityGraph } from './0002-entity-graph.ts';
import { usage } from './0003-usage.ts';
import { feedbackContent } from './0004-feedback-content.ts';
import { passageLinks } from './0005-passage-links.ts';
import { modelRelations } from './0006-model-relations.ts';
import { sessions } from './0007-sessions.ts';
import { spaces } from './0008-spaces.ts';
import { modelCalls } from './0009-model-calls.ts';
import { queryVectors } from './0010-query-vectors.ts';
import { containers } from './0011-containers.ts';
import { treatment } from './0012-treatment.ts';
import { jobs } from './0013-jobs.ts';
import { versions } from './0014-versions.ts';
import { sites } from './0015-sites.ts';
import { processing } from './0016-processing.ts';
import { facts } from './0017-facts.ts';
import { givenTags } from './0018-given-tags.ts';

/** In order; the n-th takes a database from version n-1 to n. Released entries are never edited. */
export const migrations: readonly string[] = [
  foundation,
  entityGraph,
  usage,
  feedbackContent,
  passageLinks,
  modelRelations,
  sessions,
  spaces,
  modelCalls,
  queryVectors,
  containers,
  treatment,
  jobs,
  versions,
  sites,
  processing,
  facts,
  givenTags,
];
