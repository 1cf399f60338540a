/** Runs in the page, after the script that places the nodes: draws them as SVG, and answers the reader's hands. */
export const pageScript = `'use strict';
const TIES_PER_NODE = 3, LISTED = 12, MAX_FOUND = 40;
const graph = JSON.parse(document.getElementById('data').textContent);
const byName = (id) => document.getElementById(id);
const drawn = (name, attributes) => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
};
const made = (name, content, properties) => {
  const element = document.createElement(name);
  element.append(...[content].flat());
  return Object.assign(element, properties);
};
const colours = { person: '#e07b39', organisation: '#2f7ed8', place: '#2e9e5b', product: '#8a56c2', event: '#d1495b', work: '#b8860b',
  document: '#0f8b8d', section: '#7c8795', symbol: '#5c6bc0', file: '#8d6e63', email: '#c2185b', url: '#c2185b', identifier: '#607d8b',
  acronym: '#00897b', concept: '#7cb342', tag: '#ad1457', name: '#a0a7b1' };
const colourOf = (kind) => colours[kind] || colours.name;
const nodes = graph.nodes.map((node) => ({ ...node, ties: [], size: 4 + 2 * Math.log2(node.passages + 1) }));
const byId = new Map(nodes.map((node) => [node.id, node]));
const heaviest = Math.max(2, ...graph.edges.map(({ weight }) => weight));
const edges = graph.edges.map((edge) => ({ ...edge, a: byId.get(edge.from), b: byId.get(edge.to) })).filter(({ a, b }) => a && b);
for (const edge of edges) {
  // Stronger than a cosine against names that stand beside everything, and a single meeting says little.
  edge.strength = (edge.weight - 0.7) / (edge.a.passages * edge.b.passages) ** 0.75;
  edge.a.ties.push(edge);
  edge.b.ties.push(edge);
}
const backbone = new Set(edges.filter(({ kind }) => kind !== 'together'));
for (const { ties } of nodes) {
  ties.sort((x, y) => y.strength - x.strength || y.weight - x.weight);
  for (const edge of ties.slice(0, TIES_PER_NODE)) backbone.add(edge);
}
arrange(nodes, [...backbone]);

const stage = byName('graph'), svg = drawn('svg', { role: 'group', 'aria-label': 'Entities' }), world = drawn('g', { id: 'world' });
for (const edge of edges) {
  const { a, b, kind, weight } = edge;
  edge.line = drawn('line', { x1: a.x, y1: a.y, x2: b.x, y2: b.y, 'stroke-width': 0.8 + 2.6 * Math.sqrt((weight - 1) / heaviest) });
  edge.line.classList.toggle('typed', kind !== 'together');
  edge.line.classList.toggle('extra', !backbone.has(edge));
  world.append(edge.line);
}
for (const node of nodes) {
  node.group = drawn('g', { class: 'node', 'data-id': node.id, tabindex: 0, role: 'button', 'aria-label': node.name });
  node.group.append(drawn('circle', { cx: node.x, cy: node.y, r: node.size, fill: colourOf(node.kind) }));
  node.label = drawn('text', { x: node.x + node.size + 3, y: node.y, dy: '.35em' });
  node.short = node.name.length > 32 ? node.name.slice(0, 31) + '\\u2026' : node.name;
  node.label.textContent = node.short;
  node.group.append(node.label);
}
for (const node of [...nodes].reverse()) world.append(node.group);
svg.append(world);
stage.prepend(svg);

const view = { x: 0, y: 0, k: 1 };
let chosen, near = new Set(), wanted = '', frame = 0;
const hidden = new Set();
const isShown = (node) => !hidden.has(node.kind);
const isFound = (node) => wanted !== '' && [node.name, ...(node.aliases || [])].some((name) => name.toLowerCase().includes(wanted));

/** Of labels that would cover each other, the one of the more named entity is shown. */
function label() {
  frame = 0;
  const taken = [];
  const rank = (node) => (node === chosen ? 3 : near.has(node) || (!chosen && isFound(node)) ? 2 : 1);
  const order = [...nodes].sort((x, y) => rank(y) - rank(x) || y.passages - x.passages);
  for (const node of order) {
    const left = node.x * view.k + node.size * view.k, top = node.y * view.k - 8;
    const box = { left, top, right: left + 4 + node.short.length * 6.6, bottom: top + 16 };
    const isFree = isShown(node) && (!chosen || rank(node) > 1) && !taken.some((other) =>
      box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom);
    node.group.classList.toggle('quiet', !isFree);
    if (isFree) taken.push(box);
  }
}
function show() {
  world.setAttribute('transform', 'translate(' + view.x + ' ' + view.y + ') scale(' + view.k + ')');
  world.style.setProperty('--k', view.k);
  frame = frame || requestAnimationFrame(label);
}
function fit(shown) {
  const all = shown.length > 0 ? shown : nodes, { clientWidth: width, clientHeight: height } = stage;
  if (all.length === 0) return show();
  const xs = all.map(({ x }) => x), ys = all.map(({ y }) => y);
  const [left, right, top, bottom] = [Math.min(...xs) - 40, Math.max(...xs) + 150, Math.min(...ys) - 40, Math.max(...ys) + 40];
  view.k = Math.max(0.05, Math.min(2.5, width / (right - left), height / (bottom - top)));
  view.x = (width - (left + right) * view.k) / 2;
  view.y = (height - (top + bottom) * view.k) / 2;
  show();
}
function zoom(factor, x, y) {
  const k = Math.max(0.05, Math.min(12, view.k * factor));
  view.x = x - (x - view.x) * k / view.k;
  view.y = y - (y - view.y) * k / view.k;
  view.k = k;
  show();
}
const zoomMiddle = (factor) => zoom(factor, stage.clientWidth / 2, stage.clientHeight / 2);

function paint() {
  near = new Set(chosen ? [chosen, ...chosen.ties.flatMap(({ a, b }) => [a, b])] : []);
  const found = nodes.filter((node) => isShown(node) && isFound(node));
  for (const node of nodes) {
    const isOut = chosen ? !near.has(node) : wanted !== '' && !isFound(node);
    node.group.classList.toggle('hidden', !isShown(node));
    node.group.classList.toggle('faint', isOut);
    node.group.classList.toggle('found', !chosen && isFound(node));
    node.group.classList.toggle('chosen', node === chosen);
  }
  for (const { a, b, line } of edges) {
    const isLit = chosen !== undefined && (a === chosen || b === chosen);
    line.classList.toggle('hidden', !isShown(a) || !isShown(b));
    line.classList.toggle('lit', isLit);
    line.classList.toggle('faint', !isLit && (chosen !== undefined || wanted !== ''));
  }
  const visible = nodes.filter(isShown).length;
  byName('count').textContent = wanted === '' ? visible + ' of ' + graph.allEntities + ' entities' : found.length + ' of ' + visible + ' match';
  if (chosen) describe(chosen);
  else if (wanted !== '') list('Found', found.slice(0, MAX_FOUND).map((node) => [node, node.passages + ' passages']));
  else overview();
  show();
}
function choose(node) {
  chosen = node;
  paint();
  byName('detail').scrollTop = 0;
}
const dot = (kind) => { const each = made('span', [], { className: 'dot' }); each.style.background = colourOf(kind); return each; };
const links = (entries) => made('ul', entries.map(([node, note]) => {
  const button = made('button', [dot(node.kind), node.name], { type: 'button', onclick: () => { choose(node); reveal(node); } });
  return made('li', [button, made('small', note)]);
}), { className: 'links' });
const list = (title, entries) => byName('detail').replaceChildren(made('h2', title), entries.length > 0 ? links(entries) : made('p', 'Nothing.'));
function overview() {
  byName('detail').replaceChildren(
    made('p', 'Click an entity for its passages. Scroll to zoom, drag to move, Escape to let go.', { className: 'about' }),
    made('h2', 'Most named'), links(nodes.filter(isShown).slice(0, LISTED).map((node) => [node, node.passages + ' passages'])));
}
function marked(sentence, names) {
  const lower = sentence.toLowerCase(), parts = [];
  let at = 0;
  while (at < sentence.length) {
    let next = -1, length = 0;
    for (const name of names) {
      const found = lower.indexOf(name, at);
      if (found >= 0 && (next < 0 || found < next)) [next, length] = [found, name.length];
    }
    if (next < 0 || length === 0) break;
    parts.push(sentence.slice(at, next), made('mark', sentence.slice(next, next + length)));
    at = next + length;
  }
  return [...parts, sentence.slice(at)];
}
function describe(node) {
  const other = ({ a, b }) => (a === node ? b : a);
  const typed = node.ties.filter(({ kind }) => kind !== 'together'), beside = node.ties.filter(({ kind }) => kind === 'together');
  const names = [node.name, ...(node.aliases || [])].map((name) => name.toLowerCase());
  byName('detail').replaceChildren(
    made('h1', node.name),
    made('p', [dot(node.kind), node.kind + ' \\u00b7 ' + node.passages + ' passages \\u00b7 ' + node.documents + ' documents'], { className: 'about' }),
    ...(node.aliases && node.aliases.length > 0 ? [made('p', 'also ' + node.aliases.join(', '))] : []),
    made('h2', 'Passages'),
    made('ul', node.places.map(({ sentence, path, location }) =>
      made('li', [...marked(sentence, names), made('small', location || path)])), { className: 'places' }),
    ...(typed.length > 0 ? [made('h2', 'Relations'), links(typed.slice(0, LISTED).map((edge) =>
      [other(edge), (edge.a === node ? '' : '\\u2190 ') + edge.kind + (edge.a === node ? ' \\u2192' : '')]))] : []),
    ...(beside.length > 0 ? [made('h2', 'Together with'), links(beside.slice(0, LISTED).map((edge) => [other(edge), edge.weight + ' passages']))] : []));
}
/** Moves the view only when the node is outside it. */
function reveal({ x, y }) {
  const [left, top] = [x * view.k + view.x, y * view.k + view.y];
  if (left > 40 && top > 40 && left < stage.clientWidth - 120 && top < stage.clientHeight - 40) return;
  view.x += stage.clientWidth / 2 - left;
  view.y += stage.clientHeight / 2 - top;
  show();
}

const kinds = new Map();
for (const { kind } of nodes) kinds.set(kind, (kinds.get(kind) || 0) + 1);
for (const [kind, count] of [...kinds].sort((x, y) => y[1] - x[1])) {
  const button = made('button', [dot(kind), kind + ' ' + count], { type: 'button', title: 'Show or hide' });
  button.setAttribute('aria-pressed', 'true');
  button.addEventListener('click', () => {
    if (!hidden.delete(kind)) hidden.add(kind);
    button.setAttribute('aria-pressed', String(!hidden.has(kind)));
    if (chosen && !isShown(chosen)) chosen = undefined;
    paint();
  });
  byName('legend').append(button);
}
for (const node of nodes) {
  node.group.addEventListener('click', () => { if (!wasMoved) choose(node); });
  node.group.addEventListener('keydown', ({ key }) => { if (key === 'Enter' || key === ' ') choose(node); });
}
byName('search').addEventListener('input', ({ target }) => {
  wanted = target.value.trim().toLowerCase();
  chosen = undefined;
  paint();
});
byName('search').addEventListener('keydown', ({ key }) => {
  const first = nodes.find((node) => isShown(node) && isFound(node));
  if (key === 'Enter' && first) { choose(first); reveal(first); }
});
document.addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape') return;
  chosen = undefined;
  wanted = byName('search').value = '';
  paint();
});
byName('closer').addEventListener('click', () => zoomMiddle(1.4));
byName('farther').addEventListener('click', () => zoomMiddle(1 / 1.4));
byName('whole').addEventListener('click', () => fit(nodes.filter(isShown)));
stage.addEventListener('wheel', (event) => {
  event.preventDefault();
  const { left, top } = stage.getBoundingClientRect();
  zoom(Math.exp(-Math.max(-120, Math.min(120, event.deltaY)) / 400), event.clientX - left, event.clientY - top);
}, { passive: false });
let from, wasMoved = false;
svg.addEventListener('pointerdown', ({ clientX, clientY }) => { from = { x: clientX, y: clientY }; wasMoved = false; });
window.addEventListener('pointermove', ({ clientX, clientY }) => {
  if (!from || (!wasMoved && Math.hypot(clientX - from.x, clientY - from.y) < 4)) return;
  wasMoved = true;
  stage.classList.add('moving');
  view.x += clientX - from.x;
  view.y += clientY - from.y;
  from = { x: clientX, y: clientY };
  show();
});
window.addEventListener('pointerup', () => { from = undefined; stage.classList.remove('moving'); });
svg.addEventListener('click', ({ target }) => { if (target === svg && !wasMoved && chosen) choose(undefined); });
window.addEventListener('resize', () => fit(nodes.filter(isShown)));
fit(nodes);
paint();
`;
