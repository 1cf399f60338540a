import { expect, test } from 'vitest';
import { identifierWords } from '../../src/domain/identifier-words.ts';

test.each([
  ['parseConfigFile', ['parse', 'config', 'file']],
  ['parse_config_file', ['parse', 'config', 'file']],
  ['HTTPServer', ['http', 'server']],
  ['utf8Decode', ['utf8', 'decode']],
  ['größeÄndern', ['größe', 'ändern']],
  ['Parser.parse', ['parser', 'parse']],
  ['--', []],
])('%s', (name, words) => expect(identifierWords(name)).toEqual(words));
