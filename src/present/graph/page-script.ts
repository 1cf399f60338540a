/** Runs in the page: places the nodes by springs in a fixed number of steps, then draws them as SVG. */
export const pageScript = `'use strict';
const graph = JSON.parse(document.getElementById('data').textContent);
const SVG = 'http://www.w3.org/2000/svg';
const make = (name, attributes) => {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
};
const nodes = graph.nodes.map((node, i) => {
  const angle = i * 2.399963, radius = 22 * Math.sqrt(i + 1);
  return { ...node, x: radius * Math.cos(angle), y: radius * Math.sin(angle), size: 4 + 2 * Math.log(node.passages) };
});
const byId = new Map(nodes.map((node) => [node.id, node]));
const edges = graph.edges.map((edge) => ({ ...edge, a: byId.get(edge.from), b: byId.get(edge.to) })).filter((e) => e.a && e.b);
const steps = Math.max(10, Math.min(200, Math.round(2e7 / (nodes.length * nodes.length + 1))));
for (let step = 0; step < steps; step++) {
  const reach = 40 * (1 - step / steps);
  for (const node of nodes) { node.dx = -node.x * 0.01; node.dy = -node.y * 0.01; }
  for (let i = 0; i < nodes.length; i++) for (let j = i + 1; j < nodes.length; j++) {
    const a = nodes[i], b = nodes[j], x = a.x - b.x || 0.1, y = a.y - b.y || 0.1;
    const push = 1600 / (x * x + y * y);
    a.dx += x * push; a.dy += y * push; b.dx -= x * push; b.dy -= y * push;
  }
  for (const { a, b } of edges) {
    const x = (b.x - a.x) * 0.03, y = (b.y - a.y) * 0.03;
    a.dx += x; a.dy += y; b.dx -= x; b.dy -= y;
  }
  for (const node of nodes) {
    const length = Math.hypot(node.dx, node.dy) || 1, move = Math.min(length, reach);
    node.x += node.dx / length * move; node.y += node.dy / length * move;
  }
}
const extent = Math.max(100, ...nodes.map((node) => Math.max(Math.abs(node.x), Math.abs(node.y)))) + 40;
const view = { x: -extent, y: -extent, size: 2 * extent };
const svg = make('svg', {});
const show = () => svg.setAttribute('viewBox', [view.x, view.y, view.size, view.size].join(' '));
for (const { a, b, weight } of edges) svg.append(make('line', { x1: a.x, y1: a.y, x2: b.x, y2: b.y, 'stroke-width': Math.min(4, 0.5 + weight / 4) }));
const detail = document.getElementById('detail');
const text = (name, content) => { const element = document.createElement(name); element.textContent = content; return element; };
const open = (node) => {
  const list = document.createElement('ul');
  for (const place of node.places) {
    const item = text('li', place.sentence + ' ');
    item.append(text('small', place.location));
    list.append(item);
  }
  detail.replaceChildren(text('h1', node.name), text('p', node.kind + ', ' + node.passages + ' passages in ' + node.documents + ' documents'), list);
};
for (const node of nodes) {
  node.group = make('g', { 'data-id': node.id });
  node.group.append(make('circle', { cx: node.x, cy: node.y, r: node.size, fill: 'hsl(' + (node.community * 137) % 360 + ' 55% 50%)' }));
  const label = make('text', { x: node.x + node.size + 2, y: node.y + 4 });
  label.textContent = node.name.length > 40 ? node.name.slice(0, 39) + '\\u2026' : node.name;
  node.group.append(label);
  node.group.addEventListener('click', () => open(node));
  svg.append(node.group);
}
document.getElementById('graph').append(svg);
show();
document.getElementById('search').addEventListener('input', (event) => {
  const wanted = event.target.value.trim().toLowerCase();
  let first;
  for (const node of nodes) {
    const isFound = wanted !== '' && node.name.toLowerCase().includes(wanted);
    node.group.setAttribute('class', wanted === '' ? '' : isFound ? 'found' : 'faint');
    if (isFound) first = first || node;
  }
  if (first) open(first);
});
svg.addEventListener('wheel', (event) => {
  event.preventDefault();
  const factor = event.deltaY > 0 ? 1.15 : 1 / 1.15, before = view.size;
  view.size *= factor;
  view.x += (before - view.size) / 2; view.y += (before - view.size) / 2;
  show();
}, { passive: false });
let from;
svg.addEventListener('pointerdown', (event) => { from = { x: event.clientX, y: event.clientY }; });
window.addEventListener('pointerup', () => { from = undefined; });
window.addEventListener('pointermove', (event) => {
  if (!from) return;
  const scale = view.size / Math.min(svg.clientWidth, svg.clientHeight);
  view.x -= (event.clientX - from.x) * scale; view.y -= (event.clientY - from.y) * scale;
  from = { x: event.clientX, y: event.clientY };
  show();
});
`;
