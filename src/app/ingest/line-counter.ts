/**
 * Line numbers of ascending offsets, `firstLine` being that of offset 0; all of them cost one pass over the text,
 * however long its lines are. Asking backwards starts again from the top.
 */
export function lineCounter(text: string, firstLine: number): (offset: number) => number {
  let line = firstLine;
  let lineStart = 0;
  let lineEnd = text.indexOf('\n');
  return (offset) => {
    if (offset < lineStart) {
      line = firstLine;
      lineStart = 0;
      lineEnd = text.indexOf('\n');
    }
    while (lineEnd >= 0 && lineEnd < offset) {
      line++;
      lineStart = lineEnd + 1;
      lineEnd = text.indexOf('\n', lineStart);
    }
    return line;
  };
}
