import type { PageFacts } from './man-macros.ts';
import { isInlineMacro, mdocWords } from './mdoc-line.ts';
import type { PageWriter } from './page-writer.ts';
import type { RoffLine } from './roff-lines.ts';

/** Renders the macros of mdoc(7), the language of the BSD manuals. */
export function renderMdoc(lines: Iterable<RoffLine>, page: PageWriter, facts: PageFacts): void {
  const lists: string[] = [];
  let name = '';
  let inSynopsis = false;
  let reference: string[] | null = null;
  let inFunction: string[] | null = null;

  for (const line of lines) {
    if (line.kind === 'text') {
      if (line.text.trim() === '' && !page.inCode) page.end();
      else page.words(line.text, line.goesOn);
      continue;
    }
    const { name: macro, args } = line;
    const words = () => mdocWords(args, name);
    if (macro.startsWith('%')) {
      reference?.push(args.join(' '));
      continue;
    }
    switch (macro) {
      case 'Dd':
        facts.date = args.join(' ').replace(/^\$Mdocdate:\s*|\s*\$$/g, '') || null;
        break;
      case 'Dt':
        facts.name = args[0] ?? null;
        facts.section = args[1] ?? null;
        break;
      case 'Os':
        facts.source = args.join(' ') || null;
        break;
      case 'Sh':
      case 'Ss':
        inSynopsis = /^SYNOPSIS$/i.test(args.join(' '));
        page.heading(macro === 'Sh' ? 1 : 2, words());
        break;
      case 'Nm':
        if (inSynopsis) page.lineBreak();
        if (name === '' && args[0] && !isInlineMacro(args[0])) name = args[0];
        page.words(mdocWords(['Nm', ...args], name));
        break;
      case 'Nd':
        page.words(`– ${words()}`);
        break;
      case 'Pp':
      case 'Lp':
      case 'sp':
        page.end();
        break;
      case 'br':
        page.lineBreak();
        break;
      case 'Bl':
        lists.push(args[0] ?? '');
        if (lists.length > 1) page.indent(1);
        break;
      case 'El':
        page.end();
        if (lists.length > 1) page.indent(-1);
        lists.pop();
        break;
      case 'It':
        if (lists.at(-1) === '-column')
          page.row(
            cellsOf(args).map((cell) => mdocWords(cell, name)),
            false,
          );
        else page.tag(args.length > 0 ? words() : '•');
        break;
      case 'Bd':
        if (args.includes('-literal') || args.includes('-unfilled')) page.startCode();
        else page.end();
        break;
      case 'Ed':
        if (page.inCode) page.endCode();
        else page.end();
        break;
      case 'D1':
      case 'Dl': {
        const inCode = page.inCode;
        if (!inCode) page.startCode();
        page.words(words());
        if (!inCode) page.endCode();
        break;
      }
      case 'Rs':
        reference = [];
        break;
      case 'Re':
        if (reference) page.words(`${reference.join(', ')}.`);
        reference = null;
        break;
      case 'Fo':
        inFunction = [args.join(' ')];
        break;
      case 'Fc':
        if (inFunction) page.words(`${inFunction[0]}(${inFunction.slice(1).join(', ')})${args.join('')}`);
        inFunction = null;
        break;
      case 'Fa':
        if (inFunction && inFunction.length < 100) inFunction.push(...args);
        else page.words(words());
        break;
      case 'Ex':
        page.words(`The ${args[1] ?? name} utility exits 0 on success, and >0 if an error occurs.`);
        break;
      case 'Rv':
        page.words('It returns 0 on success; otherwise -1 is returned and errno is set.');
        break;
      default:
        if (isInlineMacro(macro)) page.words(mdocWords([macro, ...args], name));
    }
  }
  if (page.inCode) page.endCode();
  page.end();
}

/** `a Ta b Ta c` */
function cellsOf(args: readonly string[]): string[][] {
  const cells: string[][] = [[]];
  for (const argument of args) {
    if (argument === 'Ta') cells.push([]);
    else cells.at(-1)!.push(argument);
  }
  return cells;
}
