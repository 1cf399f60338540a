import type { GraphExport } from '../../app/graph/types.ts';
import { graphToJson } from '../json/v1/graph.ts';
import { pageScript } from './page-script.ts';

const style = `body{margin:0;font:14px system-ui,sans-serif;color:#222;background:#fff}
#graph{position:fixed;inset:0 340px 0 0;cursor:grab;touch-action:none}svg{width:100%;height:100%}
aside{position:fixed;inset:0 0 0 auto;width:308px;padding:16px;overflow:auto;border-left:1px solid #ccc;background:#fafafa}
input{width:100%;box-sizing:border-box;padding:6px;font:inherit}h1{font-size:16px;overflow-wrap:anywhere}
line{stroke:#bbb}circle{stroke:#fff;cursor:pointer}text{font-size:11px;pointer-events:none}
.faint{opacity:.12}.found circle{stroke:#000;stroke-width:2}small{color:#666}li{margin-bottom:8px;overflow-wrap:anywhere}`;

/**
 * One page that opens from a disk: search, zoom, drag, click a node for its passages. Names and sentences are foreign,
 * so they stand only in a data block that no parser reads as markup, the script writes them as text nodes, and the
 * page's policy lets nothing else run or load.
 */
export function renderGraphPage(graph: GraphExport): string {
  const data = JSON.stringify(graphToJson(graph)).replace(
    /[<>&\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Entities</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><style>${style}</style></head>
<body><div id="graph"></div><aside><input id="search" type="search" placeholder="Search entities" aria-label="Search entities">
<div id="detail"><p>${graph.nodes.length} of ${graph.allEntities} entities. Click one for its passages; scroll to zoom, drag to move.</p></div></aside>
<script type="application/json" id="data">${data}</script>
<script>${pageScript}</script></body></html>
`;
}
