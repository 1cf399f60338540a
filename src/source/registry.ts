import type { Runtime } from '../platform/runtime.ts';
import { fileSource } from './file.ts';
import { folderSource } from './folder.ts';
import { importedSource } from './imported.ts';
import { stdinSource } from './stdin.ts';
import type { SourceDriver, SourceKind, SourceListing, SourceSpec } from './types.ts';
import { createUrlSource, type UrlSourceSettings } from './url.ts';

export type SourceSettings = UrlSourceSettings;

export const sourceDrivers = (settings: SourceSettings = {}): readonly SourceDriver[] => [
  fileSource,
  folderSource,
  createUrlSource(settings),
  stdinSource,
  importedSource,
];

export function sourceDriver(kind: SourceKind, settings: SourceSettings = {}): SourceDriver {
  return sourceDrivers(settings).find((driver) => driver.kind === kind)!;
}

/** Lists any source by the driver of its kind; not sites, which are found page by page (`site/crawl-site.ts`). */
export function createSourceLister(
  settings: SourceSettings = {},
): (spec: SourceSpec, runtime: Runtime) => Promise<SourceListing> {
  const drivers = new Map(sourceDrivers(settings).map((driver) => [driver.kind, driver]));
  return (spec, runtime) => drivers.get(spec.kind)!.list(spec, runtime);
}
