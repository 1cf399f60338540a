import { expect, test } from 'vitest';
import { createSiteScope } from '../../../src/source/site/site-scope.ts';
import type { SourceOptions } from '../../../src/source/types.ts';

const scope = (options: SourceOptions = {}, prefix = '/') =>
  createSiteScope('https://www.site.example/start', prefix, options);
const kindOf = (url: string, options?: SourceOptions, prefix?: string) => scope(options, prefix).judge(url).kind;

test('the host of the start page is the site, with and without www., by http or https', () => {
  for (const url of ['https://site.example/a', 'http://www.site.example/a']) {
    expect(scope().judge(url)).toEqual({ kind: 'inside', url: 'https://www.site.example/a' });
  }
  for (const url of ['https://other.example/', 'https://sub.site.example/', 'https://www.site.example:8443/']) {
    expect(kindOf(url)).toBe('outside');
  }
});

test('addresses that are none of the public internet are told as such', () => {
  for (const host of ['169.254.169.254', '10.0.0.5', '[::1]', '[::ffff:127.0.0.1]', 'localhost', '2130706433']) {
    expect(scope().judge(`http://${host}/`), host).toMatchObject({ kind: 'outside', code: 'private-address' });
  }
  expect(scope().judge('http://93.184.216.34/')).toMatchObject({ code: 'off-site' });
});

test('a prefix ends at a part of the path, and does not shut out the start page', () => {
  expect(kindOf('https://site.example/docs', {}, '/docs/')).toBe('inside');
  expect(kindOf('https://site.example/docs/a', {}, '/docs')).toBe('inside');
  expect(kindOf('https://site.example/docs2/a', {}, '/docs')).toBe('outside');
  expect(kindOf('https://www.site.example/start', {}, '/docs')).toBe('inside');
});

test('excluded paths are not asked for; others than included ones are, for their links', () => {
  const options = { include: ['docs/**'], exclude: ['**/old/**'] };
  expect(kindOf('https://site.example/docs/old/a', options)).toBe('outside');
  expect(kindOf('https://site.example/blog/a', options)).toBe('inside');
  expect(scope(options).wantsText('https://www.site.example/blog/a')).toBe(false);
  expect(scope(options).wantsText('https://www.site.example/docs/a')).toBe(true);
});

test('what is an image or an archive by its name is not asked for, what only might be one is', () => {
  expect(scope().judge('https://site.example/a.png')).toMatchObject({ kind: 'refused', code: 'binary' });
  expect(scope().judge('https://site.example/a.tar.gz')).toMatchObject({ kind: 'refused', code: 'binary' });
  expect(kindOf('https://site.example/about/example.com')).toBe('inside');
  expect(kindOf('https://site.example/a.pdf')).toBe('inside');
});
