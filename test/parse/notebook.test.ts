import { expect, test } from 'vitest';
import { notebookParser } from '../../src/parse/notebook.ts';
import { parseBytes, refusal } from './parse-bytes.ts';

const notebook = (cells: unknown[]) =>
  JSON.stringify({ nbformat: 4, metadata: { kernelspec: { language: 'python' } }, cells });
const parse = (cells: unknown[]) => parseBytes(notebookParser, notebook(cells));

test('text cells stand as they are, code and output are fenced', async () => {
  const { text, title } = await parse([
    { cell_type: 'markdown', source: ['# Title\n', 'words'] },
    { cell_type: 'code', source: 'print(1)', outputs: [{ output_type: 'stream', text: ['1\n'] }] },
  ]);
  expect(title).toBe('Title');
  expect(text).toBe('# Title\nwords\n\n```python\nprint(1)\n```\n\n```text\n1\n\n```');
});

test('images are left out', async () => {
  const png = 'iVBOR'.repeat(200);
  const { text } = await parse([
    { cell_type: 'markdown', source: `A ![x](data:image/png;base64,${png}) b` },
    {
      cell_type: 'code',
      source: 'plot()',
      outputs: [{ output_type: 'display_data', data: { 'image/png': png, 'text/plain': '<Figure>' } }],
    },
  ]);
  expect(text).not.toContain('iVBOR');
  expect(text).toContain('<Figure>');
});

test('code that holds fences gets a longer one', async () => {
  const { text } = await parse([{ cell_type: 'code', source: 's = """\n```\n"""', outputs: [] }]);
  expect(text.startsWith('````python\n')).toBe(true);
});

test('a fence left open in one cell does not swallow the next', async () => {
  const { sections } = await parse([
    { cell_type: 'markdown', source: '```\nopen' },
    { cell_type: 'markdown', source: '# Heading' },
  ]);
  expect(sections).toHaveLength(1);
});

test('version 3 keeps its cells in worksheets', async () => {
  const v3 = JSON.stringify({
    nbformat: 3,
    worksheets: [
      {
        cells: [
          { cell_type: 'heading', level: 2, source: ['Old'] },
          { cell_type: 'code', input: 'x=1', language: 'python' },
        ],
      },
    ],
  });
  expect((await parseBytes(notebookParser, v3)).text).toBe('## Old\n\n```python\nx=1\n```');
});

test('what is no notebook, or has nothing to read, says so', async () => {
  expect(await refusal(notebookParser, '<<<<<<< HEAD\n{}\n=======\n')).toMatchObject({
    code: 'PARSE_FAILED',
    message: expect.stringContaining('merge-conflict'),
  });
  expect(await refusal(notebookParser, '{"a":1}')).toMatchObject({ code: 'PARSE_FAILED' });
  expect(await refusal(notebookParser, notebook([{ cell_type: 'markdown', source: '![](x.png)' }]))).toMatchObject({
    code: 'PARSE_NO_TEXT',
  });
});
