import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { isInstalled } from '../../../src/platform/transformers/is-installed.ts';

test('the library is found from here, and not from where no packages are', () => {
  expect(isInstalled()).toBe(true);
  expect(isInstalled(pathToFileURL('/nowhere/else/file.js').href)).toBe(false);
});
