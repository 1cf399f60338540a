import { createRequire } from 'node:module';
import { openPdf } from '../../../parse/pdf/load-pdfjs.ts';
import { signatureOf } from '../../../parse/signatures.ts';
import { isRagError, messageOf } from '../../../platform/errors.ts';
import { readContent } from '../read-content.ts';
import type { PictureReply, PictureTask } from './picture-task.ts';

/** Tesseract reads print best at 300 dots an inch; a PDF has 72 units an inch. */
const DOTS_PER_INCH = 300;
/** A page of A3 at that size; larger ones are drawn smaller. */
const MAX_PIXELS = 20_000_000;

/** What pdf-parse brings to draw on. */
type CanvasModule = {
  createCanvas(width: number, height: number): Canvas;
  loadImage(bytes: Uint8Array): Promise<{ readonly width: number; readonly height: number }>;
};
type Canvas = {
  getContext(kind: '2d'): { fillStyle: string; fillRect(...box: number[]): void; drawImage(...parts: unknown[]): void };
  toBuffer(type: 'image/png'): Buffer;
};

/**
 * Draws a page of a PDF, or a picture, as PNG of a bounded size. TIFF goes on as it is, since it may have several pages.
 * Runs in a worker, as decoding may take any time and memory. Never throws.
 */
export async function runPictureTask({ content, picture, maxBytes }: PictureTask): Promise<PictureReply> {
  try {
    const { bytes } = await readContent(content, { maxBytes });
    const signature = signatureOf(bytes);
    if (signature?.type === 'pdf') return { status: 'picture', bytes: await drawPage(bytes, picture) };
    if (signature?.looksLike === 'a TIFF image') return { status: 'picture', bytes };
    return { status: 'picture', bytes: await redraw(bytes) };
  } catch (error) {
    const code = isRagError(error) ? error.code : 'PARSE_FAILED';
    return { status: 'failed', code, message: `The picture cannot be drawn: ${messageOf(error).slice(0, 300)}` };
  }
}

async function drawPage(bytes: Uint8Array, number: number): Promise<Uint8Array> {
  const document = await openPdf(bytes);
  try {
    const page = await document.getPage(number);
    const whole = page.getViewport({ scale: 1 });
    const scale = Math.min(DOTS_PER_INCH / 72, Math.sqrt(MAX_PIXELS / (whole.width * whole.height)));
    const viewport = page.getViewport({ scale });
    const canvas = canvasOf(viewport);
    const context = canvas.getContext('2d');
    await page.render({ canvasContext: context, viewport }).promise;
    return canvas.toBuffer('image/png');
  } finally {
    await document.destroy();
  }
}

async function redraw(bytes: Uint8Array): Promise<Uint8Array> {
  const image = await canvasModule().loadImage(bytes);
  const scale = Math.min(1, Math.sqrt(MAX_PIXELS / (image.width * image.height)));
  const size = { width: image.width * scale, height: image.height * scale };
  const canvas = canvasOf(size);
  canvas.getContext('2d').drawImage(image, 0, 0, size.width, size.height);
  return canvas.toBuffer('image/png');
}

/** White, as paper: what is transparent would be read as black. */
function canvasOf({ width, height }: { readonly width: number; readonly height: number }): Canvas {
  const canvas = canvasModule().createCanvas(Math.max(1, Math.ceil(width)), Math.max(1, Math.ceil(height)));
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  return canvas;
}

const canvasModule = (): CanvasModule =>
  createRequire(createRequire(import.meta.url).resolve('pdf-parse'))('@napi-rs/canvas') as CanvasModule;
