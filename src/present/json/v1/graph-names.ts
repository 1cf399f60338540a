import type { AliasReport } from '../../../app/graph/types.ts';
import { evidenceToJson } from './graph.ts';

/** Data of `rag.graph-aliases/1`. */
export const aliasesToJson = ({ aliases, ...report }: AliasReport) => ({
  ...report,
  aliases: aliases.map(({ evidence, ...alias }) => ({ ...alias, evidence: evidence && evidenceToJson(evidence) })),
});
