import { createRequire } from 'node:module';

type Canvas = {
  getContext(kind: '2d'): {
    fillStyle: string;
    font: string;
    fillRect(...box: number[]): void;
    fillText(text: string, x: number, y: number): void;
  };
  toBuffer(type: 'image/png' | 'image/jpeg'): Buffer;
};

const WIDTH = 1240;
const HEIGHT = 700;

/** A picture of lines of print, as a scanner makes it. */
export function drawPicture(lines: readonly string[], type: 'image/png' | 'image/jpeg' = 'image/png'): Buffer {
  const require = createRequire(createRequire(import.meta.url).resolve('pdf-parse'));
  const { createCanvas } = require('@napi-rs/canvas') as { createCanvas(width: number, height: number): Canvas };
  const canvas = createCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.fillStyle = 'black';
  context.font = '40px serif';
  for (const [at, line] of lines.entries()) context.fillText(line, 60, 90 + at * 60);
  return canvas.toBuffer(type);
}

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
