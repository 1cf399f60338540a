import { describe, expect, test } from 'vitest';
import { htmlParser } from '../../src/parse/html.ts';
import { flatText } from '../../src/parse/html-flat.ts';
import { whyNoDom } from '../../src/parse/html-shape.ts';
import { mhtmlParser } from '../../src/parse/mhtml.ts';
import { parseBytes, refusal } from './parse-bytes.ts';

const parse = (html: string) => parseBytes(htmlParser, html);
const check = async (body: string, expected: string) =>
  expect((await parse(`<html><body>${body}</body></html>`)).text).toBe(expected);
const long =
  'The river rose in the night, and the gauge at the bridge showed four metres, twenty more than the day before. '.repeat(
    8,
  );

describe('rendering', () => {
  test('headings, paragraphs, breaks and inline marks', () =>
    check('<h2>A <i>b</i></h2><p>c<br>d &amp; <b>e</b> <code>f</code></p>', '## A b\n\nc\nd & e `f`'));
  test('lists, nested and numbered', () =>
    check('<ul><li>a<ol start=3><li>b<li>c</ol><li><p>d</p><p>e</p></ul>', '- a\n  3. b\n  4. c\n- d\n\n  e'));
  test('tables with their header', async () => {
    const document = await parse('<table><tr><th>Name<th>Age<tr><td>Ann | Bo<td>7<tr><td>Cy<td><p>8</p></table>');
    expect(document.text).toBe('| Name | Age |\n| --- | --- |\n| Ann \\| Bo | 7 |\n| Cy | 8 |');
    expect(document.blocks.map(({ kind, header }) => [kind, header !== undefined])).toEqual([
      ['table-row', false],
      ['table-row', true],
      ['table-row', true],
    ]);
  });
  test('a layout table flows', () => check('<table><tr><td><h2>a</h2><td><p>b</p></table>', '## a\n\nb'));
  test('code keeps its lines', () => check('<pre><code>a\n  b<br>c</code></pre>', '```\na\n  b\nc\n```'));
  test('quotes', () => check('<blockquote><p>a</p><p>b</p></blockquote>', '> a\n\n> b'));
  test('formulas as TeX', () =>
    check('<p>So <img class="latex" alt="x^2"> and <script type="math/tex">y_1</script>.</p>', 'So $x^2$ and $y_1$ .'));
  test('links are their words, whatever they point to', () =>
    check('<p><a href="javascript:alert(1)">go</a></p>', 'go'));
});

describe('what is not for readers', () => {
  test('scripts, styles, comments, templates and hidden elements', () =>
    check(
      '<p>seen</p><script>no1</script><style>no2</style><!-- no3 --><template>no4</template><p hidden>no5</p><p style="display : none">no6</p><p aria-hidden="true">no7</p><noscript>no8</noscript>',
      'seen',
    ));
  test('navigation and footers around an article', async () => {
    const { text } = await parse(
      `<body><nav><a href=/>Home</a><a href=/b>Blog</a></nav><main><article><h1>Flood</h1><p>${long}</p><p>${long}</p></article></main><div class="newsletter-signup">Subscribe now</div><footer>Imprint</footer></body>`,
    );
    expect(text).toContain('twenty more');
    expect(text).not.toMatch(/Home|Subscribe|Imprint/);
  });
  test('a short page is kept whole', async () => {
    const { text } = await parse(
      '<body><h1>Opening hours</h1><p>Monday to Friday.</p><div class="x">Closed at Easter.</div></body>',
    );
    expect(text).toBe('# Opening hours\n\nMonday to Friday.\n\nClosed at Easter.');
  });
});

test('title, language, dates and description come from the head', async () => {
  const document = await parse(
    `<html lang="de-AT"><head><title>Hochwasser | Zeitung</title><meta property="og:title" content="Hochwasser"><meta name="description" content="Der Pegel steigt."><meta property="article:published_time" content="2024-05-01T10:00:00+02:00"><link rel="canonical" href="https://example.org/a"></head><body><p>Text</p></body></html>`,
  );
  expect(document).toMatchObject({
    title: 'Hochwasser',
    language: 'de-AT',
    modifiedAt: '2024-05-01T08:00:00.000Z',
    metadata: { description: 'Der Pegel steigt.', canonical: 'https://example.org/a' },
  });
});

test('JSON-LD gives dates, and broken JSON-LD gives none', async () => {
  const page = (json: string) =>
    `<html><head><script type="application/ld+json">${json}</script></head><body><p>x</p></body></html>`;
  expect((await parse(page('{"@graph":[{"dateModified":"2023-01-02"}]}'))).modifiedAt).toBe('2023-01-02T00:00:00.000Z');
  expect((await parse(page('{"dateModified":'))).modifiedAt).toBeNull();
});

test('the declared charset is used', async () => {
  const head = '<html><head><meta charset="shift_jis"></head><body><p>';
  const bytes = Buffer.concat([
    Buffer.from(head),
    Buffer.from([0x93, 0xfa, 0x96, 0x7b]),
    Buffer.from('</p></body></html>'),
  ]);
  expect((await parseBytes(htmlParser, bytes)).text).toBe('日本');
});

test('a page that only a script would fill says so', async () => {
  const shell =
    '<html><body><div id="root"></div><noscript>Enable JavaScript</noscript><script>var a</script></body></html>';
  expect(await refusal(htmlParser, shell)).toMatchObject({
    code: 'PARSE_NO_TEXT',
    message: expect.stringContaining('JavaScript'),
  });
});

describe('hostile pages', () => {
  const hostile: ReadonlyArray<readonly [string, string]> = [
    ['100,000 levels', `${'<div>'.repeat(100_000)}canary${'</div>'.repeat(100_000)}`],
    ['50,000 unclosed pairs', `${'<b><i>'.repeat(50_000)}canary`],
    ['50,000 attributes', `<p ${Array.from({ length: 50_000 }, (_, i) => `a${i}="${i}"`).join(' ')}>canary</p>`],
    ['open tags without end', `<p>canary</p>${'<a '.repeat(100_000)}`],
    ['an unclosed comment', `<p>canary</p><!-- ${'<!--'.repeat(50_000)}`],
    ['end tags only', `${'</div>'.repeat(100_000)}<p>canary</p>`],
  ];
  test.each(hostile)('%s: the text is found in seconds', async (_name, html) => {
    const started = performance.now();
    expect((await parse(`<html><body>${html}`)).text).toContain('canary');
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('a real page is no such case', () => expect(whyNoDom(`<ul>${'<li><p>a'.repeat(5_000)}</ul>`)).toBeNull());
  test('flat text leaves scripts and comments out, too', () =>
    expect(flatText('<p>a<script>no</script></p><!-- no --><p title="x>y">b</p>')).toBe('a\n\nb'));
});

test('a saved page without an HTML part says so', async () => {
  const mail =
    'MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: image/png\n\nx\n--x--\n';
  expect(await refusal(mhtmlParser, mail)).toMatchObject({ code: 'PARSE_FAILED' });
});
