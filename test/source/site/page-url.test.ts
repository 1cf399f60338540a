import { expect, test } from 'vitest';
import { pageUrl } from '../../../src/source/site/page-url.ts';

const check = (text: string, expected: string | null) =>
  expect(pageUrl(text, 'http://site.example/a/b')).toBe(expected);

test('fragments, credentials and default ports go', () => {
  check('#top', 'http://site.example/a/b');
  check('http://me:secret@site.example:80/x#y', 'http://site.example/x');
});

test('parameters that tell who came from where go, the others are sorted', () => {
  check('/x?utm_source=mail&b=2&a=1&gclid=9', 'http://site.example/x?a=1&b=2');
  check('/x?utm_source=mail', 'http://site.example/x');
  check('/x;jsessionid=4711?PHPSESSID=1', 'http://site.example/x');
});

test('one character has one spelling', () => {
  check('/%7euser/%e4', 'http://site.example/~user/%E4');
  check('/a%2fb', 'http://site.example/a%2Fb');
});

test('what is no address of a page is none', () => {
  for (const text of [
    'mailto:a@b.example',
    'javascript:void(0)',
    'ftp://x.example/',
    'http://',
    `/${'a'.repeat(3000)}`,
  ]) {
    check(text, null);
  }
});

test('an address that was made is made into itself', () => {
  for (const text of ['/x?b=%7E&a', '/ä ö?q=ü+1', '/a//b/../c?x=1&x=1', '/?']) {
    const once = pageUrl(text, 'http://site.example/')!;
    expect(pageUrl(once)).toBe(once);
  }
});
