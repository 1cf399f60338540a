import type { GraphExport } from '../../app/graph/types.ts';
import { graphToJson } from '../json/v1/graph.ts';
import { pageLayoutScript } from './page-layout-script.ts';
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';

/**
 * One page that opens from a disk: search, kinds to show and hide, zoom, drag, click a node for its passages. Names and sentences are foreign,
 * so they stand only in a data block that no parser reads as markup, the script writes them as text nodes, and the
 * page's policy lets nothing else run or load.
 */
export function renderGraphPage(graph: GraphExport): string {
  const data = JSON.stringify(graphToJson(graph)).replace(
    /[<>&\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Entities and what ties them</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><style>${pageStyle}</style></head>
<body><main id="graph"><div class="tools"><button id="closer" type="button" aria-label="Closer">+</button><button id="farther" type="button" aria-label="Farther">−</button><button id="whole" type="button">Fit</button></div></main>
<aside><header><input id="search" type="search" placeholder="Search entities" aria-label="Search entities"><p id="count" role="status"></p><div id="legend" role="group" aria-label="Kinds"></div></header>
<div id="detail"></div></aside>
<script type="application/json" id="data">${data}</script>
<script>${pageLayoutScript}${pageScript}</script></body></html>
`;
}
