/**
 * Runs in the page: gives every node a place, the same one for the same graph. Nodes of a community start around one
 * centre and are drawn to it, so that groups stay apart; springs hold what is tied, and everything else repels.
 */
export const pageLayoutScript = `
function arrange(nodes, ties) {
  const golden = Math.PI * (3 - Math.sqrt(5)), gap = 46;
  const groups = new Map();
  for (const node of nodes) groups.set(node.community, [...(groups.get(node.community) || []), node]);
  const ordered = [...groups.values()].sort((a, b) => b.length - a.length);
  let placed = 0;
  ordered.forEach((members, i) => {
    const angle = i * golden, radius = i === 0 ? 0 : gap * 1.15 * Math.sqrt(placed + members.length);
    const centre = { x: radius * Math.cos(angle) * 1.25, y: radius * Math.sin(angle) };
    members.forEach((node, j) => {
      node.centre = centre;
      node.x = centre.x + gap * 0.6 * Math.sqrt(j) * Math.cos(j * golden);
      node.y = centre.y + gap * 0.6 * Math.sqrt(j) * Math.sin(j * golden);
    });
    placed += members.length;
  });
  const steps = Math.max(20, Math.min(260, Math.round(3e7 / (nodes.length * nodes.length + 1))));
  for (let step = 0; step < steps; step++) {
    const reach = gap * (1 - step / steps) + 1;
    for (const node of nodes) {
      node.dx = (node.centre.x - node.x) * 0.035 - node.x * 0.006;
      node.dy = (node.centre.y - node.y) * 0.035 - node.y * 0.012;
    }
    for (let i = 0; i < nodes.length; i++) for (let j = i + 1; j < nodes.length; j++) {
      const a = nodes[i], b = nodes[j], x = a.x - b.x || 0.1, y = a.y - b.y || 0.1, square = x * x + y * y;
      if (square > 40000) continue;
      const push = 1500 / square;
      a.dx += x * push; a.dy += y * push; b.dx -= x * push; b.dy -= y * push;
    }
    for (const { a, b } of ties) {
      const x = b.x - a.x, y = b.y - a.y, length = Math.hypot(x, y) || 1, pull = 0.05 * (length - gap) / length;
      a.dx += x * pull; a.dy += y * pull; b.dx -= x * pull; b.dy -= y * pull;
    }
    for (const node of nodes) {
      const length = Math.hypot(node.dx, node.dy) || 1, move = Math.min(length, reach);
      node.x += node.dx / length * move; node.y += node.dy / length * move;
    }
  }
}
`;
