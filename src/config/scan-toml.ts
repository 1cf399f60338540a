export type ScannedLine = { readonly line: number; readonly table: string; readonly key: string | null };

/** The lines that open a table (key null) or set a key. Multi-line strings are not settings and may confuse it. */
export function scanToml(text: string): ScannedLine[] {
  const found: ScannedLine[] = [];
  let table = '';
  for (const [index, content] of text.split('\n').entries()) {
    const header = /^\s*\[\s*([^[\]]+?)\s*\]/.exec(content);
    const assignment = /^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=/.exec(content);
    if (header) {
      table = bare(header[1]!);
      found.push({ line: index + 1, table, key: null });
    } else if (assignment) {
      const name = bare(assignment[1]!);
      found.push({ line: index + 1, table, key: table === '' ? name : `${table}.${name}` });
    }
  }
  return found;
}

const bare = (dotted: string): string => dotted.replace(/["'\s]/g, '');
