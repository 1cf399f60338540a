import { expect, test } from 'vitest';
import { htmlDocument, htmlParser, readHtml } from '../../../src/parse/html.ts';
import { leafBlocks } from '../../../src/parse/page/leaf-blocks.ts';
import { readPage } from '../../../src/parse/page/read-page.ts';

const bytesOf = (html: string) => Buffer.from(`<!doctype html><html><body>${html}</body></html>`);
const LIMITS = { maxInflatedBytes: 1e6, maxTextLength: 1e6, maxPages: 10 };

const hashesOf = async (html: string): Promise<string[]> => {
  const { document } = await htmlDocument(readHtml({ bytes: bytesOf(html) }).text);
  return leafBlocks(document!.body).map(({ hash }) => hash);
};
/** The text of a page without the blocks of another one. */
const without = async (html: string, boilerplate: string): Promise<string> => {
  const leaveOut = await hashesOf(boilerplate);
  return (await htmlParser.parse({ bytes: bytesOf(html), name: 'page.html', limits: LIMITS, leaveOut })).text;
};

test('blocks are the same by their words, whatever stands around them', async () => {
  const [first] = await hashesOf('<p>One  and\n two</p>');
  expect(await hashesOf('<div class="x"><ul><li><b>One</b> and two</li></ul></div>')).toEqual([first]);
  expect(await hashesOf('One and two<p>other</p>')).toContain(first);
  expect(await hashesOf('<script>One and two</script><p hidden>One and two</p>')).toEqual([]);
});

test('menus, banners and footers go; the text stays', async () => {
  const menu = '<div class="q1"><a href="/a">Products</a></div><div class="q2"><p>We use cookies.</p></div>';
  const end = '<div><p>Registered in Ghent.</p></div>';
  const text = await without(`${menu}<div><h1>Valves</h1><p>A valve opens and closes.</p></div>${end}`, menu + end);
  expect(text).toBe('# Valves\n\nA valve opens and closes.');
});

test('a heading goes with what stands below it only', async () => {
  const boilerplate = '<h2>Parameters</h2><h2>Company</h2><p>About us</p><p>Contact</p>';
  const text = await without(
    '<h2>Parameters</h2><p>size: the width in millimetres.</p><h2>Company</h2><p>About us</p><p>Contact</p>',
    boilerplate,
  );
  expect(text).toContain('Parameters');
  expect(text).toContain('millimetres');
  expect(text).not.toMatch(/Company|About us|Contact/);
});

test('a row of a table goes with all of the table only', async () => {
  const header = '<tr><th>Name</th><th>Type</th></tr>';
  const text = await without(
    `<p>The options of the valve are these.</p><table>${header}<tr><td>width</td><td>number</td></tr></table>`,
    `<table>${header}</table>`,
  );
  expect(text).toContain('Name');
  expect(text).toContain('width');
});

test('a page that is nothing else stays as it is', async () => {
  expect(await without('<p>We use cookies.</p>', '<p>We use cookies.</p>')).toBe('We use cookies.');
});

test('a page says where it leads to, what it is a copy of, and what robots may do', async () => {
  const html =
    '<html><head><base href="/docs/"><link rel="canonical" href="a.html"><link rel="next" href="b.html"><link rel="stylesheet" href="x.css">' +
    '<meta name="ROBOTS" content="NoIndex"><meta name="ragstone" content="nofollow"></head><body>' +
    '<a href="c.html#part">c</a><a href="c.html">c</a><a rel="nofollow external" href="d.html">d</a>' +
    '<a href="mailto:a@b.example">m</a><a href="https://other.example/">o</a><map><area href="/e"></map></body></html>';
  const facts = await readPage({ kind: 'bytes', bytes: Buffer.from(html) }, 'http://site.example/x/y');
  expect(facts.links).toEqual([
    'http://site.example/docs/b.html',
    'http://site.example/docs/c.html',
    'https://other.example/',
    'http://site.example/e',
  ]);
  expect(facts.canonical).toBe('http://site.example/docs/a.html');
  expect(facts.robots).toBe('noindex,nofollow');
});

test('a page that is too deep for a DOM leads nowhere', async () => {
  const bytes = Buffer.from(`<html><body>${'<div>'.repeat(5_000)}<a href="/x">x</a></body></html>`);
  expect((await readPage({ kind: 'bytes', bytes }, 'http://site.example/')).links).toEqual([]);
});
