import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { AppContext } from './app-context.ts';
import type { DoctorCheck } from './types.ts';

const TIMEOUT_MS = 5000;

/** Whether Tesseract knows the languages that are set; asked only where pictures are read. */
export async function checkOcr({ store, settings }: Pick<AppContext, 'store' | 'settings'>): Promise<DoctorCheck[]> {
  if (!settings.source.ocr && !store.sources().some(({ options }) => options.ocr)) return [];
  const { command, languages } = settings.ocr;
  const check = { name: 'ocr' };
  try {
    const { stdout } = await promisify(execFile)(command, ['--list-langs'], { timeout: TIMEOUT_MS });
    const known = new Set(stdout.split(/\s+/));
    const lacking = languages.split('+').filter((language) => !known.has(language));
    if (lacking.length === 0) return [{ ...check, status: 'ok', message: `${command} reads ${languages}.` }];
    return [
      {
        ...check,
        status: 'failed',
        message: `${command} does not know ${lacking.join(', ')}.`,
        hint: 'Install its data, such as tesseract-ocr-deu, or set ocr.languages.',
      },
    ];
  } catch {
    return [
      {
        ...check,
        status: 'failed',
        message: `${command} cannot be started, so pictures and scanned pages are not read.`,
        hint: 'Install Tesseract (apt install tesseract-ocr, brew install tesseract), or name it in ocr.command.',
      },
    ];
  }
}
