import { describe, expect, test } from 'vitest';
import { sourceBlocks } from '../../src/parse/source-blocks.ts';
import { sourceCodeParser } from '../../src/parse/source-code.ts';
import { sourceLanguage } from '../../src/parse/source-languages.ts';
import { parseBytes } from './parse-bytes.ts';

const blocks = (text: string) =>
  sourceBlocks(text).blocks.map(({ kind, span }) => `${kind}: ${text.slice(span.start, span.end)}`);

describe('blocks', () => {
  test('a definition with its decorator and comment is one, imports are another', () =>
    expect(blocks('import os\nimport re\n\n# why\n@cached\ndef a():\n    return 1\n\ndef b():\n    pass\n')).toEqual([
      'code: import os\nimport re',
      'function: # why\n@cached\ndef a():\n    return 1',
      'function: def b():\n    pass',
    ]));
  test('braces on their own lines and else belong to the definition', () =>
    expect(blocks('int f()\n{\n  if (x) {\n  } else {\n  }\n}\n\nint y;\n')).toEqual([
      'function: int f()\n{\n  if (x) {\n  } else {\n  }\n}',
      'code: int y;',
    ]));
  test('a long class is split into its members and named as a section', () => {
    const methods = Array.from(
      { length: 30 },
      (_, i) => `  def method_${i}(self):\n    return ${'x + '.repeat(20)}1\n`,
    );
    const text = `class Gauge(Base):\n  """Doc."""\n\n${methods.join('\n')}`;
    const { blocks: found, sections } = sourceBlocks(text);
    expect(found.filter(({ kind }) => kind === 'function')).toHaveLength(30);
    expect(sections).toEqual([expect.objectContaining({ title: 'class Gauge', level: 1 })]);
  });
});

test('one long line is warned of, and kept', async () => {
  const document = await parseBytes(sourceCodeParser, `!function(){${'var a="x";'.repeat(2_000)}}();`);
  expect(document.warnings).toEqual([expect.stringContaining('minified')]);
});

test.each([
  ['a.py', '', 'python'],
  ['Dockerfile', '', 'dockerfile'],
  ['run', '#!/usr/bin/env python3\n', 'python'],
  ['x.unknown', '#!/bin/sh\n', 'shell'],
])('the language of %s', (name, head, language) => expect(sourceLanguage(name, head)?.name).toBe(language));

test('a name that says nothing is no language', () => expect(sourceLanguage('py', 'text')).toBeNull());

test('deep indentation costs linear time', () => {
  const text = Array.from({ length: 4_000 }, (_, i) => `${' '.repeat(i % 200)}x {`).join('\n');
  const started = performance.now();
  expect(sourceBlocks(text).blocks.length).toBeGreaterThan(0);
  expect(performance.now() - started).toBeLessThan(2_000);
});
