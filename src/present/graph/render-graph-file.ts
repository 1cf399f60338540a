import type { GraphExport } from '../../app/graph/types.ts';

const NOT_XML =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text for elements and attributes of XML and HTML; what XML cannot hold becomes U+FFFD. */
export const escapeXml = (text: string): string =>
  text.replace(NOT_XML, '\ufffd').replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** GraphML 1.0, as Gephi, yEd and NetworkX read it. */
export function renderGraphml({ nodes, edges }: GraphExport): string {
  const data = (key: string, value: string | number): string => `<data key="${key}">${escapeXml(String(value))}</data>`;
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    '<key id="name" for="node" attr.name="label" attr.type="string"/>',
    '<key id="kind" for="all" attr.name="kind" attr.type="string"/>',
    '<key id="passages" for="node" attr.name="passages" attr.type="int"/>',
    '<key id="community" for="node" attr.name="community" attr.type="int"/>',
    '<key id="weight" for="edge" attr.name="weight" attr.type="double"/>',
    '<graph edgedefault="directed">',
    ...nodes.map(
      ({ id, name, kind, passages, community }) =>
        `<node id="${id}">${data('name', name)}${data('kind', kind)}${data('passages', passages)}${data('community', community)}</node>`,
    ),
    ...edges.map(
      ({ from, to, kind, weight }) =>
        `<edge source="${from}" target="${to}"${kind === 'together' ? ' directed="false"' : ''}>${data('kind', kind)}${data('weight', weight)}</edge>`,
    ),
    '</graph>',
    '</graphml>',
  ];
  return `${lines.join('\n')}\n`;
}

/** Graphviz. Ties without a direction are drawn without an arrow. */
export function renderDot({ nodes, edges }: GraphExport): string {
  const quote = (text: string): string =>
    `"${text
      .replace(/\\/g, '\\\\')
      .replace(/"/g, '\\"')
      .replace(/[\u0000-\u001f\u007f]/g, ' ')}"`;
  const lines = [
    'digraph entities {',
    ...nodes.map(({ id, name, kind }) => `  ${id} [label=${quote(name)}, class=${quote(kind)}];`),
    ...edges.map(({ from, to, kind, weight }) =>
      kind === 'together'
        ? `  ${from} -> ${to} [dir=none, weight=${weight}];`
        : `  ${from} -> ${to} [label=${quote(kind)}];`,
    ),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

/** A Mermaid flowchart. Labels are written as character codes where Mermaid or HTML would read them as marks. */
export function renderMermaid({ nodes, edges }: GraphExport): string {
  const quote = (text: string): string =>
    `"${text.replace(/[\u0000-\u001f\u007f]/g, ' ').replace(/[^\p{L}\p{N}\p{M} .,]/gu, (each) => `#${each.codePointAt(0)};`)}"`;
  const lines = [
    'flowchart LR',
    ...nodes.map(({ id, name }) => `  ${id}[${quote(name)}]`),
    ...edges.map(({ from, to, kind }) =>
      kind === 'together' ? `  ${from} --- ${to}` : `  ${from} -->|${quote(kind)}| ${to}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}
