import type { Settings } from '../../../config/types.ts';
import { PICTURE_EXTENSIONS } from '../../../parse/image.ts';
import type { SourceSpec } from '../../../source/types.ts';

/** The source with the extensions that programs read for it, though they name no documents. */
export function withAlsoRead<Spec extends SourceSpec>(spec: Spec, settings: Settings): Spec {
  const extensions = settings.loaders.flatMap((loader) => loader.extensions);
  const alsoRead = spec.options.ocr ? [...extensions, ...PICTURE_EXTENSIONS] : extensions;
  return alsoRead.length === 0 ? spec : { ...spec, options: { ...spec.options, alsoRead } };
}
