import type { KnownItem, StoredSource } from '../../store/types.ts';
import { treatmentPlan } from '../privacy/treatment-plan.ts';
import type { IngestContext } from './ingest-context.ts';

/** How a source stands to what is to be done with personal data in its documents. */
export type SourceTreatment = {
  /** As they were treated as they should be; else as if none had ever been read, so that all are read again. */
  readonly known: ReadonlyMap<string, KnownItem>;
  /** Once all of the source was read. */
  readonly finish: () => void;
};

/**
 * A change of treatment reaches documents that did not change. Whether it has reached all of a source stands with the
 * source, so that a run which was interrupted is made again; what was read before the change is then overwritten.
 */
export function sourceTreatment(
  { store, settings }: IngestContext,
  source: StoredSource,
  { known, dryRun }: { readonly known: ReadonlyMap<string, KnownItem>; readonly dryRun: boolean },
): SourceTreatment {
  const mark = treatmentPlan(settings, source.options.pii)?.mark ?? null;
  if (source.treatment === mark || dryRun) return { known, finish: () => {} };
  if (known.size === 0) {
    store.write((writer) => writer.markTreated(source.row, mark));
    return { known, finish: () => {} };
  }
  // What failed in them is to be tried again as well.
  const containers = [...store.containers(source.row).keys()];
  if (containers.length > 0)
    store.write((writer) => containers.forEach((uri) => void writer.removeContainer(source.row, uri)));
  const isTakenOut = mark !== null && !mark.startsWith('report:');
  return {
    known: new Map([...known].map(([uri, item]) => [uri, { ...item, size: null, mtimeMs: null, contentHash: null }])),
    finish() {
      store.write((writer) => {
        writer.markTreated(source.row, mark);
        // Former versions say what was to be taken out.
        if (isTakenOut) writer.forgetHistoriesOf(source.row);
      });
      if (isTakenOut) store.forgetTraces();
    },
  };
}
