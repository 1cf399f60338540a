import { join } from 'node:path';
import { userFolders } from '../config/load.ts';
import type { Settings } from '../config/types.ts';
import type { TransformersSettings } from '../platform/transformers/model-source.ts';

/** Where models of transformers.js are kept and come from. */
export const transformersSettings = (settings: Settings): TransformersSettings => ({
  cacheFolder: join(userFolders().cache, 'models'),
  endpoint: settings.huggingface.endpoint,
  offline: settings.offline,
  proxy: settings.http.proxy,
  noProxy: settings.http.noProxy,
});
