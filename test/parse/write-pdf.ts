import { deflateSync } from 'node:zlib';

export type PdfText = { readonly x: number; readonly y: number; readonly text: string; readonly size?: number };

export type PdfSketch = {
  readonly pages: readonly (readonly PdfText[])[];
  readonly info?: Readonly<Record<string, string>>;
  /** Text fields on the first page. */
  readonly fields?: readonly { readonly name: string; readonly value: string; readonly rect: readonly number[] }[];
  /** Note annotations on the first page. */
  readonly notes?: readonly string[];
  /** Content streams to put in place of the pages' own, deflated this many times. */
  readonly rawContent?: { readonly data: Uint8Array; readonly filters: number };
  /** Replace the trailer's /Encrypt with this dictionary. */
  readonly encrypt?: string;
};

const escapeText = (text: string): string => text.replace(/[\\()]/g, (character) => `\\${character}`);

/** A PDF in Helvetica with text at given places: the reader's own test pages, written by hand. */
export function writePdf({ pages, info, fields = [], notes = [], rawContent, encrypt }: PdfSketch): Uint8Array {
  const objects: (string | Buffer)[] = [];
  const add = (body: string | Buffer): number => objects.push(body);
  const catalog = add('');
  const tree = add('');
  const font = add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  const kids: number[] = [];
  const widgets = fields.map(({ name, value, rect }) =>
    add(
      `<< /Type /Annot /Subtype /Widget /FT /Tx /T (${name}) /V (${escapeText(value)}) /Rect [${rect.join(' ')}] /DA (/F1 12 Tf 0 g) /F 4 >>`,
    ),
  );
  const marks = notes.map((text) =>
    add(`<< /Type /Annot /Subtype /Text /Contents (${escapeText(text)}) /Rect [10 10 30 30] >>`),
  );
  pages.forEach((page, index) => {
    const drawn = page
      .map(({ x, y, text, size = 12 }) => `BT /F1 ${size} Tf 1 0 0 1 ${x} ${y} Tm (${escapeText(text)}) Tj ET`)
      .join('\n');
    const content = add(
      rawContent ? stream(rawContent.data, rawContent.filters) : stream(Buffer.from(drawn, 'latin1'), 1),
    );
    const annotations = index === 0 ? [...widgets, ...marks].map((id) => `${id} 0 R`).join(' ') : '';
    kids.push(
      add(
        `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 612 792] /Contents ${content} 0 R /Resources << /Font << /F1 ${font} 0 R >> >> /Annots [${annotations}] >>`,
      ),
    );
  });
  objects[tree - 1] = `<< /Type /Pages /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] /Count ${kids.length} >>`;
  const form =
    fields.length > 0
      ? ` /AcroForm << /Fields [${widgets.map((id) => `${id} 0 R`).join(' ')}] /DR << /Font << /F1 ${font} 0 R >> >> >>`
      : '';
  objects[catalog - 1] = `<< /Type /Catalog /Pages ${tree} 0 R${form} >>`;
  const entries = Object.entries(info ?? {}).map(([key, value]) => `/${key} (${escapeText(value)})`);
  const infoId = add(`<< ${entries.join(' ')} >>`);
  return assemble(objects, { catalog, infoId, encrypt });
}

function stream(data: Uint8Array, filters: number): Buffer {
  let packed = Buffer.from(data);
  for (let filter = 0; filter < filters; filter++) packed = deflateSync(packed, { level: 9 });
  const names = Array.from({ length: filters }, () => '/FlateDecode').join(' ');
  return Buffer.concat([
    Buffer.from(`<< /Length ${packed.length} /Filter [${names}] >>\nstream\n`),
    packed,
    Buffer.from('\nendstream'),
  ]);
}

function assemble(
  objects: readonly (string | Buffer)[],
  ids: { catalog: number; infoId: number; encrypt: string | undefined },
): Uint8Array {
  const chunks: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  let length = chunks[0]!.length;
  const offsets = objects.map((body, index) => {
    const offset = length;
    const chunk = Buffer.concat([
      Buffer.from(`${index + 1} 0 obj\n`),
      Buffer.from(body as string, 'latin1'),
      Buffer.from('\nendobj\n'),
    ]);
    chunks.push(chunk);
    length += chunk.length;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const encryption = ids.encrypt
    ? ` /Encrypt ${ids.encrypt} /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]`
    : '';
  chunks.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root ${ids.catalog} 0 R /Info ${ids.infoId} 0 R${encryption} >>\nstartxref\n${length}\n%%EOF\n`,
    ),
  );
  return new Uint8Array(Buffer.concat(chunks));
}
