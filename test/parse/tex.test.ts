import { expect, test } from 'vitest';
import { texParser } from '../../src/parse/tex.ts';
import { parseBytes } from './parse-bytes.ts';

const read = (source: string) => parseBytes(texParser, source);
const check = async (source: string, text: string) => expect((await read(source)).text).toBe(text);

const paper = String.raw`\documentclass[a4paper]{article}
\usepackage{amsmath} % symbols
\newcommand{\R}[1]{\mathbb{#1}}
\title{On the \emph{Levels}
  of Weirs}
\author{Ada Lovelace \and Bob Bee}
\date{2 March 2026}
\begin{document}
\maketitle
\begin{abstract}
We measure water.
\end{abstract}
\section{Introduction}\label{sec:intro}
See Erd\H{o}s~\cite{erdos59} and Section~\ref{sec:intro}.
% a remark
It flows\footnote{Downhill.} --- always.
\subsection*{Method}
\begin{itemize}
  \item one
  \item[b] two
\end{itemize}
\end{document}
not printed
`;

test('each line of the text stands on the line of the file that says it', async () => {
  const { text, firstLine } = await read(paper);
  const lines = paper.split('\n');
  const textLines = text.split('\n');
  const lineOf = (words: string) => textLines.findIndex((line) => line.includes(words)) + (firstLine ?? 0);
  expect(lines[lineOf('We measure') - 1]).toContain('We measure');
  expect(lines[lineOf('It flows') - 1]).toContain('It flows');
  expect(lines[lineOf('- one') - 1]).toContain(String.raw`\item one`);
  expect(text).not.toContain('not printed');
  expect(text).not.toContain('mathbb');
});

test('title, author, date and headings; a remark does not end a paragraph', async () => {
  const { title, metadata, modifiedAt, sections, text, blocks } = await read(paper);
  expect([title, metadata.author, modifiedAt]).toEqual([
    'On the Levels of Weirs',
    'Ada Lovelace Bob Bee',
    '2026-03-02T00:00:00.000Z',
  ]);
  expect(sections.map((section) => section.kind === 'heading' && [section.level, section.title])).toEqual([
    [1, 'On the Levels of Weirs'],
    [2, 'Abstract'],
    [2, 'Introduction'],
    [3, 'Method'],
  ]);
  const paragraphs = blocks.filter(({ kind }) => kind === 'paragraph');
  expect(paragraphs.map(({ span }) => text.slice(span.start, span.end))).toContain(
    'See Erdős [erdos59] and Section sec:intro.\n\nIt flows (Downhill.) — always.',
  );
});

test('accents, symbols, quotes and dashes are letters', () =>
  check(
    String.raw`\'Etude na\"{\i}ve \c{c}a \v Skoda \ss{} \aa\ \o{}re pp.~3--4 50\% \& \textbf{b} {\em c} ''`,
    'Étude naïve ça Škoda ß å øre pp. 3–4 50% & b  c ”',
  ));

test('formulas stay as they are written, and a lone dollar is one', async () => {
  await check(String.raw`Let $x_i \leq \frac{1}{2}$ and \(y\).`, String.raw`Let $x_i \leq \frac{1}{2}$ and $y$.`);
  await check('costs 5$ now\n\nand later', 'costs 5$ now\n\nand later');
  await check('\\begin{equation}\\label{a}\na = b\n\\end{equation}', '$$\na = b\n$$');
});

test('code, tables and named environments', async () => {
  const { text, blocks } = await read(
    '\\begin{lstlisting}\n\\x{%}\n\\end{lstlisting}\n\\begin{tabular}{l|r}\n\\hline\nName & Age \\\\\nAda & 36 \\\\\n\\end{tabular}\n\\begin{theorem}[Weirs]\nIt holds.\n\\end{theorem}\n',
  );
  expect(text).toContain('\\x{%}');
  const of = (kind: string) =>
    blocks.filter((block) => block.kind === kind).map(({ span }) => text.slice(span.start, span.end).trim());
  expect(of('table-row')).toEqual(['Name | Age', 'Ada | 36']);
  expect(of('code').join('')).toContain('\\x{%}');
  expect(of('paragraph').join(' ')).toContain('Theorem (Weirs).');
});

test('links, inclusions, verbatim words and unknown commands', () =>
  check(
    String.raw`\href{https://example.org/a\_b}{here} \url{https://x.org/~a} \input{part/one} \verb|\a%b| \myown[x]{words}{more} \vspace{2em}end`,
    String.raw`here (https://example.org/a_b) https://x.org/~a \input{part/one} \a%b words more end`,
  ));

test('slides have their titles as headings', async () => {
  const { sections } = await read(
    '\\section{A}\n\\begin{frame}[t]{First slide}\nx\n\\end{frame}\n\\begin{frame}\n\\frametitle{Second}\ny\n\\end{frame}\n',
  );
  expect(sections.map((section) => section.kind === 'heading' && section.title)).toEqual([
    'A',
    'First slide',
    'Second',
  ]);
});

test.each([
  ['deep braces', '{'.repeat(200_000)],
  ['deep commands', '\\textbf{'.repeat(20_000)],
  ['open environments', '\\begin{a}'.repeat(20_000)],
  ['open listings', '\\begin{verbatim}x'.repeat(10_000)],
  ['open formulas', '$ a\n\n'.repeat(20_000)],
  ['open display formulas', '\\( '.repeat(20_000)],
  ['open labels', '\\label{'.repeat(20_000)],
  ['open headings', '\\section{a\n'.repeat(10_000)],
  ['backslashes', '\\'.repeat(1_000_001)],
  ['definitions', '\\def\\a#1'.repeat(20_000)],
  ['commands on one line', '\\label{a} b'.repeat(200_000)],
  ['a long line', `${'word -- '.repeat(500_000)}`],
])('%s are read in one pass', async (_, source) => {
  expect((await read(`x ${source} y`)).text.length).toBeGreaterThan(0);
});
