import type {
  EntityDetail,
  EntityPath,
  Evidence,
  GraphExport,
  PathHop,
  RelatedResult,
} from '../../../app/graph/types.ts';
import { locationOf } from '../../text/location.ts';

/** A sentence with where it stands; `location` opens in an editor or browser. */
export const evidenceToJson = ({ chunkId, document, path, page, lines, sentence }: Evidence) => ({
  sentence,
  location: locationOf({ uri: document.uri, page, lines }),
  path,
  title: document.title,
  uri: document.uri,
  documentId: document.documentId,
  chunkId,
  page,
  lines,
});

/** Data of `rag.graph-entity/1`. */
export const entityToJson = ({ places, relations, ...entity }: EntityDetail) => ({
  ...entity,
  places: places.map(evidenceToJson),
  relations: relations.map(({ evidence, ...relation }) => ({ ...relation, evidence: evidenceToJson(evidence) })),
});

/** Data of `rag.graph-path/1`. */
export const pathToJson = ({ hops, ...path }: EntityPath) => ({
  ...path,
  hops: hops.map(({ evidence, ...hop }: PathHop) => ({ ...hop, evidence: evidenceToJson(evidence) })),
});

/** Data of `rag.graph/1`. */
export const graphToJson = ({ nodes, ...graph }: GraphExport) => ({
  nodes: nodes.map(({ places, ...node }) => ({ ...node, places: places.map(evidenceToJson) })),
  ...graph,
});

/** Data of `rag.related/1`. */
export const relatedToJson = ({ related, ...result }: RelatedResult) => ({
  ...result,
  related: related.map(({ passage, ...each }) => ({ ...each, ...evidenceToJson(passage) })),
});
