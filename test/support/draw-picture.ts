import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('draw-picture.mjs', import.meta.url));
const WIDTH = 1240;
const HEIGHT = 700;

/**
 * A picture of lines of print, as a scanner makes it. Drawn by a process of its own: what is drawn with is native code that
 * does not outlive the thread that loaded it.
 */
export const drawPicture = (lines: readonly string[], type: 'image/png' | 'image/jpeg' = 'image/png'): Buffer =>
  execFileSync(process.execPath, [SCRIPT, type, JSON.stringify(lines)], { maxBuffer: 20_000_000 });

/** A PDF whose pages are pictures and nothing else. */
export function scannedPdf(pages: readonly (readonly string[])[]): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')];
  const offsets: number[] = [];
  const add = (content: Buffer | string): void => {
    offsets.push(parts.reduce((sum, part) => sum + part.length, 0));
    parts.push(Buffer.from(`${offsets.length} 0 obj\n`), Buffer.from(content), Buffer.from('\nendobj\n'));
  };
  const kids = pages.map((_, at) => `${3 + at * 3} 0 R`).join(' ');
  add('<</Type/Catalog/Pages 2 0 R>>');
  add(`<</Type/Pages/Count ${pages.length}/Kids[${kids}]>>`);
  pages.forEach((lines, at) => {
    const first = 3 + at * 3;
    const picture = drawPicture(lines, 'image/jpeg');
    const drawing = 'q 595 0 0 336 0 0 cm /I Do Q';
    add(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 336]/Resources<</XObject<</I ${first + 1} 0 R>>>>/Contents ${first + 2} 0 R>>`,
    );
    const header = `<</Type/XObject/Subtype/Image/Width ${WIDTH}/Height ${HEIGHT}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length ${picture.length}>>`;
    add(Buffer.concat([Buffer.from(`${header}\nstream\n`), picture, Buffer.from('\nendstream')]));
    add(`<</Length ${drawing.length}>>\nstream\n${drawing}\nendstream`);
  });
  const start = parts.reduce((sum, part) => sum + part.length, 0);
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const count = offsets.length + 1;
  parts.push(
    Buffer.from(
      `xref\n0 ${count}\n0000000000 65535 f \n${rows}trailer<</Size ${count}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}
