type Row = ReadonlyMap<string, string>;

export type QuestionParts = {
  readonly question: Row;
  /** In any order. */
  readonly answers: readonly Row[];
  /** By the id of the post. */
  readonly comments: ReadonlyMap<string, readonly Row[]>;
  readonly nameOf: (userId: string) => string | null;
};

/** A question with its answers, the accepted one first, then by score, as a page of HTML: their bodies are HTML. */
export function renderQuestion({ question, answers, comments, nameOf }: QuestionParts): string {
  const title = question.get('Title') ?? `Question ${question.get('Id')}`;
  const accepted = question.get('AcceptedAnswerId');
  const isAccepted = (row: Row) => row.get('Id') === accepted;
  const ordered = [...answers].sort(
    (a, b) => Number(isAccepted(b)) - Number(isAccepted(a)) || scoreOf(b) - scoreOf(a) || idOf(a) - idOf(b),
  );
  const modified = question.get('LastActivityDate') ?? question.get('CreationDate');
  const head = [
    `<title>${escaped(title)}</title>`,
    ...tagsOf(question).map((tag) => `<meta property="article:tag" content="${escaped(tag)}">`),
    modified ? `<meta property="article:modified_time" content="${escaped(modified)}Z">` : '',
  ];
  const body = [
    `<h1>${escaped(title)}</h1>`,
    `<p>Question by ${author(question, nameOf)}, score ${scoreOf(question)}.</p>`,
    question.get('Body') ?? '',
    commentsOf(question, comments),
    ...ordered.flatMap((answer) => [
      `<h2>${isAccepted(answer) ? 'Accepted answer' : 'Answer'}, score ${scoreOf(answer)}</h2>`,
      `<p>By ${author(answer, nameOf)}.</p>`,
      answer.get('Body') ?? '',
      commentsOf(answer, comments),
    ]),
  ];
  return `<!doctype html><html><head><meta charset="utf-8">${head.join('')}</head><body><main>${body.join('\n')}</main></body></html>`;
}

/** `123-How-to-open-a-zip.html` */
export function questionName(question: Row): string {
  const words = (question.get('Title') ?? '').normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const slug = words.join('-').slice(0, 60).replace(/-+$/, '');
  return `${question.get('Id')}${slug ? `-${slug}` : ''}.html`;
}

function commentsOf(post: Row, comments: QuestionParts['comments']): string {
  const own = comments.get(post.get('Id') ?? '') ?? [];
  if (own.length === 0) return '';
  return `<ul>${own.map((row) => `<li>Comment: ${escaped(row.get('Text') ?? '')}</li>`).join('')}</ul>`;
}

const author = (row: Row, nameOf: QuestionParts['nameOf']): string =>
  escaped(nameOf(row.get('OwnerUserId') ?? '') ?? row.get('OwnerDisplayName') ?? 'somebody');

const scoreOf = (row: Row): number => Number(row.get('Score') ?? 0) || 0;
const idOf = (row: Row): number => Number(row.get('Id') ?? 0) || 0;

/** `<sql><join>` or, since 2023, `|sql|join|`. */
const tagsOf = (row: Row): string[] => (row.get('Tags') ?? '').split(/[<>|]+/).filter((tag) => tag !== '');

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
