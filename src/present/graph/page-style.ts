/** Light and dark, as the reader's system is. */
export const pageStyle = `:root{color-scheme:light dark;--paper:#fff;--panel:#f7f7f5;--ink:#1f2328;--faint:#6b7280;--line:#d9dce1;--tie:#9aa4b2;--mark:#fff1b8}
@media(prefers-color-scheme:dark){:root{--paper:#16181c;--panel:#1d2026;--ink:#e6e8eb;--faint:#9aa3ae;--line:#343a43;--tie:#5b6675;--mark:#5c4a00}}
*{box-sizing:border-box}html,body{height:100%}
body{margin:0;display:grid;grid-template-columns:1fr minmax(260px,340px);font:14px/1.45 system-ui,sans-serif;color:var(--ink);background:var(--paper);overflow:hidden}
#graph{position:relative;min-width:0;cursor:grab;touch-action:none}#graph.moving{cursor:grabbing}
svg{position:absolute;inset:0;width:100%;height:100%;user-select:none}
line{stroke:var(--tie);stroke-opacity:.45;vector-effect:non-scaling-stroke}line.typed{stroke-opacity:.9}line.extra{display:none}
line.lit,line.extra.lit{display:inline;stroke:var(--ink);stroke-opacity:.7}
.node{cursor:pointer}.node circle{stroke:var(--paper);stroke-width:1.5;vector-effect:non-scaling-stroke}
.node:focus{outline:none}.node:focus-visible circle,.node.chosen circle{stroke:var(--ink);stroke-width:3}
.node.found circle{stroke:var(--ink);stroke-width:2.5}
.node text{font-size:calc(12px/var(--k));fill:var(--ink);pointer-events:none;paint-order:stroke;stroke:var(--paper);stroke-width:calc(3px/var(--k));stroke-linejoin:round}
.node.quiet text{display:none}.node:hover text,.node.chosen text,.node.found text{display:inline}.node.chosen text{font-weight:600}
.faint{opacity:.13}.hidden{display:none}
.tools{position:absolute;left:12px;bottom:12px;display:flex;gap:6px}
button{font:inherit;color:inherit;background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:3px 9px;cursor:pointer}
button:hover{border-color:var(--faint)}
aside{display:flex;flex-direction:column;min-height:0;border-left:1px solid var(--line);background:var(--panel)}
header{padding:14px 16px 10px;border-bottom:1px solid var(--line)}
input[type=search]{width:100%;padding:7px 10px;font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);border-radius:6px}
#count{margin:6px 0 0;color:var(--faint);font-size:12px}
#legend{display:flex;flex-wrap:wrap;gap:4px;margin-top:10px}
#legend button{font-size:12px;padding:1px 7px;border-radius:10px}#legend button[aria-pressed=false]{opacity:.4;text-decoration:line-through}
.dot{display:inline-block;width:9px;height:9px;border-radius:50%;margin-right:5px}
#detail{flex:1;min-height:0;overflow:auto;padding:14px 16px}
h1{font-size:18px;line-height:1.25;margin:0 0 4px;overflow-wrap:anywhere}h2{font-size:12px;letter-spacing:.04em;text-transform:uppercase;color:var(--faint);margin:16px 0 6px}
p{margin:0 0 8px}.about{color:var(--faint)}ul{list-style:none;margin:0;padding:0}
.places li{margin-bottom:10px;padding-left:10px;border-left:3px solid var(--line);overflow-wrap:anywhere}
.places small{display:block;color:var(--faint);font-size:12px}mark{background:var(--mark);color:inherit;border-radius:2px}
.links li{display:flex;gap:6px;align-items:baseline}.links button{border:0;background:none;padding:1px 0;text-align:left;overflow-wrap:anywhere}
.links button:hover{text-decoration:underline}.links small{color:var(--faint);white-space:nowrap;margin-left:auto}
@media(max-width:700px){body{grid-template-columns:1fr;grid-template-rows:1fr 45%}aside{border-left:0;border-top:1px solid var(--line)}}`;
