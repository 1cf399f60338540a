import { expect, test } from 'vitest';
import { parseServerAddress } from '../../../src/platform/model-server/server-address.ts';

const parse = (text: string) => parseServerAddress(text, { setting: 'OLLAMA_HOST', defaultPort: 11434 });

test.each([
  ['127.0.0.1:11434', 'http://127.0.0.1:11434'],
  ['0.0.0.0', 'http://127.0.0.1:11434'],
  [':8000', 'http://127.0.0.1:8000'],
  ['gpu-box', 'http://gpu-box:11434'],
  ['https://models.example.org/ollama/', 'https://models.example.org/ollama'],
  ['http://[::1]:11434', 'http://[::1]:11434'],
])('"%s" is %s', (text, url) => expect(parse(text).url).toBe(url));

test('credentials leave the address', () => {
  const address = parse('http://me:p%40ss@gpu-box:1');
  expect(address.url).toBe('http://gpu-box:1');
  expect(address.headers.Authorization).toBe(`Basic ${btoa('me:p@ss')}`);
  expect(address.secrets).toEqual(['p@ss']);
});

test('a password with a bare percent sign is taken as it stands', () => {
  expect(parse('http://me:50%@gpu-box').secrets).toEqual(['50%']);
});

test.each(['', 'ftp://x', 'http://', 'http://a b'])('"%s" is refused with the name of the setting', (text) => {
  expect(() => parse(text)).toThrow(/OLLAMA_HOST/);
});

test('an address with a query is refused, and what may be a key in it is not repeated', () => {
  expect(() => parse('http://gpu-box/v1?key=k-4711')).toThrow(/OLLAMA_HOST/);
  expect(() => parse('http://gpu-box/v1?key=k-4711')).not.toThrow(/k-4711/);
});

test('loopback addresses are known as local', () => {
  expect([parse('localhost').local, parse('127.0.0.9').local, parse('10.0.0.1').local]).toEqual([true, true, false]);
});
