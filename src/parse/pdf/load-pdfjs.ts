import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/** One run of glyphs as pdfjs reports it; `transform` is the text matrix in page units. */
export type PdfTextItem = {
  readonly str: string;
  readonly dir: 'ltr' | 'rtl' | 'ttb';
  readonly width: number;
  readonly height: number;
  readonly transform: readonly [number, number, number, number, number, number];
  readonly fontName: string;
  readonly hasEOL: boolean;
};

export type PdfTextContent = {
  readonly items: readonly PdfTextItem[];
  readonly styles: Readonly<Record<string, { readonly fontFamily?: string; readonly vertical?: boolean }>>;
};

/** The fields of a pdfjs annotation that carry text. */
export type PdfAnnotation = {
  readonly subtype?: string;
  readonly fieldType?: string | null;
  readonly fieldName?: string | null;
  readonly fieldValue?: unknown;
  readonly checkBox?: boolean;
  readonly radioButton?: boolean;
  readonly pushButton?: boolean;
  readonly password?: boolean;
  readonly hidden?: boolean;
  readonly exportValue?: string | null;
  readonly buttonValue?: string | null;
  readonly options?: readonly { readonly exportValue?: string; readonly displayValue?: string }[];
  readonly contentsObj?: { readonly str?: string };
  readonly textContent?: readonly string[];
  readonly popupRef?: string | null;
  readonly rect?: readonly [number, number, number, number];
  readonly defaultAppearanceData?: { readonly fontSize?: number };
};

export type PdfPage = {
  getTextContent(parameters?: Record<string, unknown>): Promise<PdfTextContent>;
  streamTextContent(parameters?: Record<string, unknown>): ReadableStream<PdfTextContent>;
  getAnnotations(parameters?: Record<string, unknown>): Promise<readonly PdfAnnotation[]>;
  getViewport(parameters: { readonly scale: number }): PdfViewport;
  render(parameters: Record<string, unknown>): { readonly promise: Promise<void> };
  cleanup(): boolean;
};

/** Of a page, in dots. */
export type PdfViewport = { readonly width: number; readonly height: number };

export type PdfDocument = {
  readonly numPages: number;
  getPage(pageNumber: number): Promise<PdfPage>;
  getMetadata(): Promise<{
    readonly info: Readonly<Record<string, unknown>>;
    readonly metadata: { get(name: string): unknown } | null;
  }>;
  destroy(): Promise<void>;
};

type PdfjsModule = {
  getDocument(parameters: Record<string, unknown>): {
    readonly promise: Promise<PdfDocument>;
    destroy(): Promise<void>;
  };
};

/**
 * Open a PDF with the pdfjs that pdf-parse brings. pdf-parse's own text route loses positions, so its engine is used
 * directly. Character maps and standard fonts come from the package's folder: without them CJK text that relies on
 * predefined maps is empty, and nothing may be fetched.
 */
export async function openPdf(bytes: Uint8Array): Promise<PdfDocument> {
  const requireFromPdfParse = createRequire(createRequire(import.meta.url).resolve('pdf-parse'));
  const folder = dirname(requireFromPdfParse.resolve('pdfjs-dist/package.json'));
  const pdfjs = (await import(pathToFileURL(join(folder, 'legacy/build/pdf.mjs')).href)) as PdfjsModule;
  return pdfjs.getDocument({
    // pdfjs takes ownership of the buffer, and the caller's may be pooled.
    data: Uint8Array.from(bytes),
    verbosity: 0,
    cMapUrl: join(folder, 'cmaps') + sep,
    cMapPacked: true,
    standardFontDataUrl: join(folder, 'standard_fonts') + sep,
    wasmUrl: join(folder, 'wasm') + sep,
    useSystemFonts: false,
    disableFontFace: true,
    isEvalSupported: false,
    enableXfa: false,
    stopAtErrors: false,
  }).promise;
}
