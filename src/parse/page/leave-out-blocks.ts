import { type LeafBlock, leafBlocks } from './leaf-blocks.ts';

/**
 * Takes blocks out of a page by the hashes of their text. A heading goes only with what stands below it, and a row only
 * with its whole table: "Parameters" on every page of a manual is no boilerplate. A page that consists of nothing else
 * stays as it is. Linear in the size of the page.
 */
export function leaveOutBlocks(body: Element, hashes: readonly string[]): void {
  const unwanted = new Set(hashes);
  const blocks = leafBlocks(body);
  const isUnwanted = ({ hash }: LeafBlock): boolean => unwanted.has(hash);
  const keptTables = new Set(blocks.filter((block) => block.table && !isUnwanted(block)).map(({ table }) => table));
  let isNextLeft = true;
  const leftOut = new Set<LeafBlock>();
  for (const block of blocks.toReversed()) {
    const leaves: boolean =
      isUnwanted(block) && (!block.isHeading || isNextLeft) && !(block.table && keptTables.has(block.table));
    if (leaves) leftOut.add(block);
    isNextLeft = leaves;
  }
  if (leftOut.size === blocks.length) return;
  for (const { nodes } of leftOut) for (const node of nodes) node.parentNode?.removeChild(node);
}
