import type { KnownItem, StoredSource } from '../../store/types.ts';
import { treatmentPlan } from '../privacy/treatment-plan.ts';
import type { IngestContext } from './ingest-context.ts';
import type { SourceProblem } from './ingest-source.ts';

/** How a source stands to what is to be done with personal data in its documents. */
export type SourceTreatment = {
  /** As they were treated as they should be; else as if none had ever been read, so that all are read again. */
  readonly known: ReadonlyMap<string, KnownItem>;
  /** Once all of the source was read. Gives what is still to be told: documents that could not be treated. */
  readonly finish: () => Promise<SourceProblem[]>;
};

/** Documents that are named in a message. */
const MAX_NAMED = 5;

/**
 * A change of treatment reaches documents that did not change. Whether it has reached all of a source stands with the
 * source, so that a run which was interrupted, or could not read all, is made again; what was read before the change is
 * then overwritten, wherever it was kept.
 */
export function sourceTreatment(
  context: IngestContext,
  source: StoredSource,
  { known, dryRun }: { readonly known: ReadonlyMap<string, KnownItem>; readonly dryRun: boolean },
): SourceTreatment {
  const { store, settings } = context;
  const plan = treatmentPlan(settings, source.options.pii);
  const mark = plan?.mark ?? null;
  if (source.treatment === mark || dryRun) return { known, finish: async () => [] };
  if (known.size === 0) store.write((writer) => writer.markTreated(source.row, mark));
  // What failed in them is to be tried again as well.
  const containers = [...store.containers(source.row).keys()];
  if (containers.length > 0)
    store.write((writer) => containers.forEach((uri) => void writer.removeContainer(source.row, uri)));
  const isTakenOut = plan !== null && plan.treatment !== 'report';
  const rows = new Set([...known.values()].flatMap(({ documentRow }) => documentRow ?? []));
  return {
    known: new Map([...known].map(([uri, item]) => [uri, { ...item, size: null, mtimeMs: null, contentHash: null }])),
    async finish() {
      // Every document that was read again stands in another row.
      const left = isTakenOut
        ? [...store.knownItems(source.row).values()].filter(({ documentRow }) => rows.has(documentRow ?? -1))
        : [];
      if (left.length === 0 && known.size > 0) store.write((writer) => writer.markTreated(source.row, mark));
      if (isTakenOut) {
        const { forgetFormer } = await import('../privacy/forget-former.ts');
        forgetFormer(context, { source: source.row, plan, isNew: known.size === 0 });
      }
      return left.length > 0 ? [untreated(source, left)] : [];
    },
  };
}

function untreated({ uri }: StoredSource, left: readonly KnownItem[]): SourceProblem {
  const named = left.slice(0, MAX_NAMED).map(({ path }) => path);
  const many = left.length === 1 ? '1 document' : `${left.length} documents`;
  return {
    uri,
    code: 'SOURCE_FAILED',
    message: `${many} could not be read again, and ${left.length === 1 ? 'stays' : 'stay'} with all that is to be taken out: ${named.join(', ')}${left.length > MAX_NAMED ? ', …' : ''}.`,
    hint: 'Make them readable and run `rag sync`, or take them out with `rag rm --purge`.',
  };
}
