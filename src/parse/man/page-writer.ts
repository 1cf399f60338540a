import type { StructuredText } from '../structured-text.ts';

/** Words to paragraphs, tagged lists and code, as the macros of a page come. */
export type PageWriter = {
  heading(level: number, title: string): void;
  /** Words that go on with the paragraph. */
  words(text: string, goesOn?: boolean): void;
  /** Ends the paragraph. */
  end(): void;
  lineBreak(): void;
  /** The next words are the text of this tag. */
  tag(tag: string): void;
  /** One more tag for the same text. */
  alsoTag(tag: string): void;
  row(cells: readonly string[], first: boolean): void;
  startCode(): void;
  endCode(): void;
  readonly inCode: boolean;
  indent(by: number): void;
};

const MAX_DEPTH = 20;

export function pageWriter(text: StructuredText): PageWriter {
  let paragraph = '';
  let tag: string | null = null;
  let depth = 0;
  let code: string[] | null = null;
  let joins = false;
  const end = (): void => {
    const words = paragraph.trim();
    if (tag !== null && (tag !== '' || words !== '')) {
      const bullet = /^[•*o+·-]$/.test(tag);
      const number = /^[[(]?(?:\d{1,3}|[a-z])[.)\]]?$/.test(tag);
      if (bullet) text.listItem(words, depth, '-');
      else if (number) text.listItem(words, depth, tag);
      else text.listItem([tag, words].filter(Boolean).join('\n'), depth, '-');
    } else if (depth > 0 && words !== '') text.listItem(words, depth - 1, ' ');
    else text.paragraph(words);
    paragraph = '';
    tag = null;
    joins = false;
  };
  const endCode = (): void => {
    const lines = (code ?? []).map((line) => line.trimEnd());
    code = null;
    const body = lines.join('\n').replace(/^\n+|\n+$/g, '');
    if (body.trim() !== '')
      text.append({ text: body, blocks: [{ kind: 'code', span: { start: 0, end: body.length } }], sections: [] });
  };
  return {
    get inCode() {
      return code !== null;
    },
    heading(level, title) {
      if (code) endCode();
      end();
      depth = 0;
      text.heading(level, title);
    },
    words(words, goesOn = false) {
      if (code) {
        if (joins && code.length > 0) code[code.length - 1] += words;
        else code.push(words);
      } else if (words.trim() === '' && words !== '') return;
      else paragraph += `${paragraph === '' || joins || paragraph.endsWith('\n') ? '' : ' '}${words}`;
      joins = goesOn;
    },
    end() {
      if (code) code.push('');
      else end();
    },
    lineBreak() {
      if (!code && paragraph !== '' && !paragraph.endsWith('\n')) paragraph += '\n';
    },
    tag(next) {
      if (code) endCode();
      end();
      tag = next.replace(/\s+/g, ' ').trim();
    },
    alsoTag(next) {
      if (tag !== null && paragraph.trim() === '') tag = [tag, next.trim()].filter(Boolean).join('\n');
      else this.tag(next);
    },
    row(cells, first) {
      end();
      text.tableRow(cells, first);
    },
    startCode() {
      if (code) return;
      end();
      code = [];
    },
    endCode,
    indent(by) {
      end();
      depth = Math.min(MAX_DEPTH, Math.max(0, depth + by));
    },
  };
}
