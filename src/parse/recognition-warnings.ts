import type { RecognizedPage } from './types.ts';

/** Below it more words are wrong than right, on pages of books and letters that were scanned badly. */
const DOUBTFUL = 60;

/** What people should know of text that was read from pictures. */
export function recognitionWarnings(pages: readonly RecognizedPage[]): string[] {
  const read = pages.filter(({ confidence }) => confidence !== null);
  if (pages.length === 0) return [];
  if (read.length === 0) return ['Nothing could be recognised on the pictures.'];
  const mean = read.reduce((sum, { confidence }) => sum + (confidence ?? 0), 0) / read.length;
  const which = pages.length === 1 ? 'The text was' : `The text of ${pages.length} pages was`;
  const said = `${which} recognised from pictures (confidence ${Math.round(mean)} of 100)`;
  return [mean < DOUBTFUL ? `${said}: much of it may be wrong.` : `${said}.`];
}
