import { buildWalkGraph } from './build-walk-graph.ts';
import { noPassageLinks, type PassageLinks, packPassageLinks, unpackPassageLinks } from './pack-passage-links.ts';
import type { RawGraph } from './read-graph.ts';
import { readWalkedGraph } from './read-walked-graph.ts';
import type { GraphReader, PassageGraph, PassageScore } from './types.ts';
import { createWalk, defaultWalk, type Walk } from './walk.ts';

type Built = PassageLinks & { readonly state: number; readonly walk: Walk };

/**
 * What a seed counts of its own weight: with all of it seeds that nothing supports stay on top, with none of it the
 * order of the seeds is lost.
 */
const OWN_SHARE = 0.5;

/**
 * The graph of a knowledge base: built by the first question that follows a change of it, and kept for other processes.
 */
export function createPassageGraph(reader: GraphReader): PassageGraph {
  let built: Built | undefined;
  const current = (): Built => {
    const state = reader.graphState();
    if (built?.state !== state) {
      const links = keptLinks(reader) ?? buildLinks(reader, state);
      built = { ...links, state, walk: createWalk(links.graph) };
    }
    return built;
  };
  return {
    prepare: () => void current(),
    rankByGraph(seeds, limit): readonly PassageScore[] {
      const { walk, rows, isLinked } = current();
      if (rows.length === 0) return [];
      const known = seeds.flatMap(({ row, score }) => {
        const chunk = rows.indexOf(row);
        return chunk < 0 || !isLinked[chunk] ? [] : [{ chunk, weight: score }];
      });
      const linked = known.reduce((sum, { weight }) => sum + weight, 0);
      const total = seeds.reduce((sum, { score }) => sum + score, 0);
      const own = new Map(known.map(({ chunk, weight }) => [chunk, weight / linked]));
      const unit = (defaultWalk.restart / seeds.length) * (total / linked);
      return walk(known, limit + known.length)
        .map(({ row: chunk, score }) => {
          const kept = defaultWalk.restart * (own.get(chunk) ?? 0);
          return { row: rows[chunk] as number, score: Math.max(0, score - kept * (1 - OWN_SHARE)) / unit };
        })
        .sort((a, b) => b.score - a.score || a.row - b.row)
        .slice(0, limit);
    },
  };
}

function keptLinks(reader: GraphReader): PassageLinks | null {
  const packed = reader.keptPassageLinks();
  return packed && unpackPassageLinks(packed);
}

function buildLinks(reader: GraphReader, state: number): PassageLinks {
  if (!reader.hasTitleLinks()) return noPassageLinks;
  const { raw, rootOf } = readWalkedGraph(reader);
  const isLinked = linkedChunks(raw, rootOf);
  const links = isLinked.includes(1)
    ? { graph: buildWalkGraph(raw, rootOf), rows: raw.chunkRows, isLinked }
    : noPassageLinks;
  reader.keepPassageLinks(state, packPassageLinks(links));
  return links;
}

function linkedChunks(
  { chunkOffsets, chunkDocuments, edgeEntities, titledDocuments, documents }: RawGraph,
  rootOf: Int32Array,
): Uint8Array {
  const titled = new Int32Array(rootOf.length).fill(-1);
  titledDocuments.forEach((document, entity) => {
    if (document >= 0) titled[rootOf[entity] as number] = document;
  });
  const isLinked = new Uint8Array(chunkOffsets.length - 1);
  const isNamed = new Uint8Array(documents.length);
  for (let chunk = 0; chunk < isLinked.length; chunk++) {
    for (let i = chunkOffsets[chunk] as number; i < (chunkOffsets[chunk + 1] as number); i++) {
      const document = titled[rootOf[edgeEntities[i] as number] as number] as number;
      if (document < 0 || document === chunkDocuments[chunk]) continue;
      isLinked[chunk] = 1;
      isNamed[document] = 1;
    }
  }
  for (let chunk = 0; chunk < isLinked.length; chunk++) {
    if (isNamed[chunkDocuments[chunk] as number]) isLinked[chunk] = 1;
  }
  return isLinked;
}
