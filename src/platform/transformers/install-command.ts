import { fileURLToPath } from 'node:url';

/** The version that is tested; the same as in package.json. */
const PACKAGE = '@huggingface/transformers@4';

/**
 * What installs the library so that this program finds it: beside a global install, else in the project. Without scripts,
 * since that of onnxruntime-node downloads libraries for graphics cards from another host; all else is in the packages.
 */
export function installCommand(moduleUrl: string = import.meta.url): string {
  const path = fileURLToPath(moduleUrl).replaceAll('\\', '/');
  const isGlobal = /\/(lib|npm|nodejs)\/node_modules\/ragstone\//.test(path);
  const isCheckout = !path.includes('/node_modules/');
  return `npm install --ignore-scripts ${isGlobal ? '--global ' : isCheckout ? '--no-save ' : ''}${PACKAGE}`;
}
