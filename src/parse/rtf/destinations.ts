/** Where the text of a group goes. */
export type Destination =
  | 'body'
  | 'skip'
  | 'info'
  | 'fonts'
  | 'styles'
  | 'info-title'
  | 'info-author'
  | 'info-date'
  | 'label'
  | 'note';

// Destinations without text of the document; any other after \* is unknown and skipped as well.
const skippedDestinations = new Set([
  'colortbl',
  'pict',
  'object',
  'objdata',
  'themedata',
  'colorschememapping',
  'datastore',
  'latentstyles',
  'header',
  'headerl',
  'headerr',
  'headerf',
  'footer',
  'footerl',
  'footerr',
  'footerf',
  'fldinst',
  'listtable',
  'listoverridetable',
  'rsidtbl',
  'generator',
  'filetbl',
  'revtbl',
  'xmlnstbl',
  'mmathPr',
  'bkmkstart',
  'bkmkend',
  'shppict',
  'nonshppict',
  'pgdsctbl',
  'private',
  'atnid',
  'atnauthor',
  'annotation',
  'atrfstart',
  'atrfend',
  'xe',
  'tc',
  'sp',
  'sn',
  'sv',
  'pnseclvl',
  'template',
  'userprops',
  'wgrffmtfilter',
  'fchars',
  'lchars',
  'ftnsep',
  'ftnsepc',
  'aftnsep',
]);
const readAfterStar = new Set(['shptxt', 'shpinst', 'pn', 'pntxta', 'pntxtb', 'footnote', 'ud', 'listtext']);

/** Control words that stand for a character. */
export const symbols: Readonly<Record<string, string>> = {
  tab: ' ',
  line: '\n',
  lbr: '\n',
  emdash: '\u2014',
  endash: '\u2013',
  emspace: ' ',
  enspace: ' ',
  qmspace: ' ',
  bullet: '\u2022',
  lquote: '\u2018',
  rquote: '\u2019',
  ldblquote: '\u201c',
  rdblquote: '\u201d',
  softline: '\n',
  sectd: '',
};

/** The destination that a control word at the start of a group opens, or null for one that opens none. */
export function destinationOf(word: string, starred: boolean): Destination | null {
  switch (word) {
    case 'fonttbl':
      return 'fonts';
    case 'stylesheet':
      return 'styles';
    case 'info':
      return 'info';
    case 'title':
      return 'info-title';
    case 'author':
      return 'info-author';
    case 'revtim':
      return 'info-date';
    case 'footnote':
      return 'note';
    case 'listtext':
    case 'pntext':
      return 'label';
  }
  if (skippedDestinations.has(word)) return 'skip';
  return starred && !readAfterStar.has(word) ? 'skip' : null;
}
