import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import type { EntityPath, GraphExport } from '../../src/app/graph/types.ts';
import { renderDot, renderGraphml, renderMermaid } from '../../src/present/graph/render-graph-file.ts';
import { renderGraphPage } from '../../src/present/graph/render-graph-page.ts';
import { renderPath } from '../../src/present/text/render-graph.ts';
import { type Page, plainStyle } from '../../src/present/text/style.ts';

const hostile = '</script><img src=x onerror=alert(1)>"]; \\" & <!-- \u202e\u0001';
const graph: GraphExport = {
  nodes: [
    { id: 'e0', name: hostile, kind: 'name', passages: 2, documents: 1, community: 1, aliases: [], places: [] },
    { id: 'e1', name: 'Ada', kind: 'person', passages: 3, documents: 2, community: 1, aliases: [], places: [] },
  ],
  edges: [{ from: 'e0', to: 'e1', kind: 'works for', weight: 2 }],
  allEntities: 2,
  allEdges: 1,
};

test('the page holds the data whole, has two scripts only, and loads nothing', () => {
  const html = renderGraphPage(graph);
  const { document } = parseHTML(html);
  expect(document.querySelectorAll('script')).toHaveLength(2);
  expect(document.querySelectorAll('img, link, [src], [href]')).toHaveLength(0);
  expect(JSON.parse(document.querySelector('#data')?.textContent ?? '').nodes[0].name).toBe(hostile);
  expect(html).not.toContain('innerHTML');
});

test('no name breaks out of GraphML, DOT or Mermaid', () => {
  expect(renderGraphml(graph)).not.toMatch(/<img|<\/script|\u0001/);
  const label = /label="((?:[^"\\]|\\.)*)", class=/.exec(renderDot(graph))?.[1];
  expect(label).toContain('\\"]; \\\\\\"');
  expect(renderMermaid(graph).split('\n')[1]).toMatch(/^ {2}e0\["[\p{L}\p{N} .,#;]*"\]$/u);
});

test('a path keeps to the width of the page', () => {
  const ends = { from: { name: 'Ada', kind: 'person' }, to: { name: 'Rome', kind: 'place' } } as const;
  const evidence = {
    sentence: 'Ada went to Rome. '.repeat(12),
    document: { uri: 'file:///a.md' },
    page: null,
    lines: null,
  };
  const path = { ...ends, isBounded: false, hops: [{ ...ends, evidence }] } as unknown as EntityPath;
  const page = { style: plainStyle, width: 60, workingFolder: '/' } as unknown as Page;
  const lines = renderPath(path, page).trimEnd().split('\n');
  expect(lines.length).toBeGreaterThan(4);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(60);
});
