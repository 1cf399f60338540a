// Sources: LaTeX2e unofficial reference manual; amsmath, biblatex, beamer and hyperref documentation.

/** Sectioning commands from the outermost in. */
export const SECTIONING = ['part', 'chapter', 'section', 'subsection', 'subsubsection', 'paragraph', 'subparagraph'];

/** Commands whose first arguments (so many) say how something looks or is called, not what it says. */
export const DROPPED_ARGUMENTS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    1: 'label vspace hspace usepackage RequirePackage documentclass bibliographystyle bibliography addbibresource pagestyle thispagestyle pagenumbering hypersetup geometry graphicspath color textcolor colorbox selectlanguage index tikzset lstset pgfplotsset usetikzlibrary cmidrule cline raisebox parbox scalebox hyphenation theoremstyle usetheme usecolortheme setbeamertemplate hypertarget newlength newcounter newif nocite captionsetup sisetup PassOptionsToPackage glsadd phantom hphantom vphantom stepcounter refstepcounter linespread',
    2: 'setlength addtolength setcounter addtocounter newcommand renewcommand providecommand DeclareMathOperator DeclareRobustCommand newtheorem fontsize multicolumn multirow rule resizebox numberwithin markboth pdfbookmark setbeamerfont setbeamercolor let rotatebox fcolorbox',
    3: 'newenvironment renewenvironment definecolor addcontentsline',
    4: 'newcolumntype',
  }).flatMap(([count, names]) => names.split(' ').map((name): [string, number] => [name, Number(count)])),
);

/** Environments that are shown as they stand. */
export const VERBATIM: ReadonlySet<string> = new Set(
  'verbatim verbatim* Verbatim BVerbatim LVerbatim lstlisting minted alltt filecontents filecontents* tikzpicture pgfpicture forest asy'.split(
    ' ',
  ),
);

export const MATH: ReadonlySet<string> = new Set(
  'math displaymath equation equation* eqnarray eqnarray* align align* alignat alignat* flalign flalign* gather gather* multline multline* dmath dmath* subequations'.split(
    ' ',
  ),
);

export const TABLES: ReadonlySet<string> = new Set(
  'tabular tabular* tabularx tabulary longtable supertabular array tblr longtblr'.split(' '),
);

/** Environments that begin with so many arguments about their looks. */
export const ENVIRONMENT_ARGUMENTS: ReadonlyMap<string, number> = new Map([
  ['tabular', 1],
  ['tabular*', 2],
  ['tabularx', 2],
  ['tabulary', 2],
  ['longtable', 1],
  ['supertabular', 1],
  ['array', 1],
  ['tblr', 1],
  ['longtblr', 1],
  ['minipage', 1],
  ['wrapfigure', 2],
  ['wraptable', 2],
  ['multicols', 1],
  ['thebibliography', 1],
  ['adjustbox', 1],
  ['column', 1],
  ['adjustwidth', 2],
  ['spacing', 1],
  ['list', 2],
]);

/** Environments that are named in print. */
export const NAMED: ReadonlyMap<string, string> = new Map(
  'theorem lemma proof definition corollary proposition remark example conjecture claim exercise solution problem'
    .split(' ')
    .map((name): [string, string] => [name, `${name[0]!.toUpperCase()}${name.slice(1)}`]),
);

export const SYMBOLS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ss: 'ß',
    SS: 'ẞ',
    ae: 'æ',
    AE: 'Æ',
    oe: 'œ',
    OE: 'Œ',
    o: 'ø',
    O: 'Ø',
    l: 'ł',
    L: 'Ł',
    aa: 'å',
    AA: 'Å',
    i: 'ı',
    j: 'ȷ',
    dh: 'ð',
    DH: 'Ð',
    th: 'þ',
    TH: 'Þ',
    dj: 'đ',
    DJ: 'Đ',
    ng: 'ŋ',
    NG: 'Ŋ',
    S: '§',
    P: '¶',
    dag: '†',
    ddag: '‡',
    copyright: '©',
    textcopyright: '©',
    textregistered: '®',
    texttrademark: '™',
    pounds: '£',
    textsterling: '£',
    euro: '€',
    texteuro: '€',
    EUR: '€',
    textyen: '¥',
    textdegree: '°',
    degree: '°',
    ldots: '…',
    dots: '…',
    textellipsis: '…',
    textbackslash: '\\',
    textasciitilde: '~',
    textasciicircum: '^',
    textunderscore: '_',
    textbar: '|',
    textless: '<',
    textgreater: '>',
    textbraceleft: '{',
    textbraceright: '}',
    textquotedblleft: '“',
    textquotedblright: '”',
    textquoteleft: '‘',
    textquoteright: '’',
    textemdash: '—',
    textendash: '–',
    textbullet: '•',
    textperiodcentered: '·',
    textmu: 'µ',
    textonehalf: '½',
    textonequarter: '¼',
    texttimes: '×',
    textpm: '±',
    guillemotleft: '«',
    guillemotright: '»',
    glqq: '„',
    grqq: '“',
    flqq: '«',
    frqq: '»',
    quotedblbase: '„',
    TeX: 'TeX',
    LaTeX: 'LaTeX',
    LaTeXe: 'LaTeX2e',
    XeTeX: 'XeTeX',
    BibTeX: 'BibTeX',
    slash: '/',
    quad: ' ',
    qquad: ' ',
    enspace: ' ',
    space: ' ',
  }),
);

/** Combining marks of the accent commands. */
export const ACCENTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '`': '\u0300',
    "'": '\u0301',
    '^': '\u0302',
    '~': '\u0303',
    '=': '\u0304',
    u: '\u0306',
    '.': '\u0307',
    '"': '\u0308',
    r: '\u030a',
    H: '\u030b',
    v: '\u030c',
    c: '\u0327',
    k: '\u0328',
    d: '\u0323',
    b: '\u0331',
  }),
);
