/** Line numbers of ascending offsets, `firstLine` being that of offset 0. Asking backwards starts again from the top. */
export function lineCounter(text: string, firstLine: number): (offset: number) => number {
  let position = 0;
  let line = firstLine;
  return (offset) => {
    if (offset < position) {
      position = 0;
      line = firstLine;
    }
    for (let next = text.indexOf('\n', position); next >= 0 && next < offset; next = text.indexOf('\n', position)) {
      line++;
      position = next + 1;
    }
    return line;
  };
}
