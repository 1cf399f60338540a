import { RagError } from '../platform/errors.ts';

/** Files that machines write for machines: they would crowd out what people wrote. */
const LOCK_FILES = new Set([
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'cargo.lock',
  'poetry.lock',
  'pdm.lock',
  'uv.lock',
  'pipfile.lock',
  'composer.lock',
  'gemfile.lock',
  'go.sum',
  'flake.lock',
  'mix.lock',
  'pubspec.lock',
  'podfile.lock',
]);

/** Throws PARSE_LEFT_OUT for lock files, source maps and placeholders of files that are not here. */
export function refuseByName(name: string): void {
  const lower = name.toLowerCase();
  if (LOCK_FILES.has(lower)) throw refused('A lock file, written by a package manager.');
  if (/\.(?:js|mjs|cjs|css|ts)\.map$/.test(lower)) throw refused('A source map, written by a build tool.');
  if (lower.endsWith('.icloud')) {
    throw refused(
      'A placeholder: iCloud has not downloaded the file.',
      'Open it once in the Finder, then add it again.',
    );
  }
}

/** Throws for text that stands for something else: a Git LFS pointer (PARSE_FAILED), a private key (PARSE_LEFT_OUT). */
export function refuseByContent(head: string, length: number): void {
  if (length < 1024 && head.startsWith('version https://git-lfs.github.com/spec/')) {
    throw new RagError('PARSE_FAILED', {
      message: 'A Git LFS pointer, not the file itself.',
      hint: 'Run `git lfs pull` in its repository, then add it again.',
    });
  }
  if (/^\s*-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----/.test(head)) {
    throw refused('A private key.', 'Keys are never stored; exclude the file.');
  }
}

/** Throws PARSE_FAILED for a PDF that has lost its header; ask only where no name says that it is a text about PDFs. */
export function refuseDamagedPdf(head: string): void {
  const objects = /\b\d{1,7} \d{1,5} obj\b/.test(head) && head.includes('endobj');
  const table = head.includes('startxref') && head.includes('trailer');
  if (objects || table) throw new RagError('PARSE_FAILED', { message: 'A damaged PDF: its header is missing.' });
}

const refused = (message: string, hint?: string): RagError => new RagError('PARSE_LEFT_OUT', { message, hint });
