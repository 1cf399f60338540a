import { afterEach, expect, test } from 'vitest';
import { dropRuntime } from '../../../src/parse/code/load-grammar.ts';
import { sourceCodeParser } from '../../../src/parse/source-code.ts';
import { testLimits } from '../parse-bytes.ts';

const { Memory } = WebAssembly;
afterEach(() => {
  WebAssembly.Memory = Memory;
  dropRuntime();
});

test('where no memory is left for a syntax tree the document says what is lost, and the next one has it again', async () => {
  const input = { bytes: new TextEncoder().encode('def read():\n    return 1\n'), name: 'a.py', limits: testLimits };
  WebAssembly.Memory = class {
    constructor() {
      throw new RangeError('could not allocate memory');
    }
  } as never;
  const poor = await sourceCodeParser.parse(input);
  expect(poor.warnings).toEqual([
    expect.stringMatching(/`symbol:` finds nothing .* python .*could not allocate memory/),
  ]);
  expect(poor.text).toContain('def read');
  WebAssembly.Memory = Memory;
  dropRuntime();
  expect((await sourceCodeParser.parse(input)).warnings).toEqual([]);
});
