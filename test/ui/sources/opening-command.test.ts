import { describe, expect, test } from 'vitest';
import { editorCommand, openerCommand, pagerCommand, splitCommand } from '../../../src/ui/sources/opening-command.ts';

const line = (call: ReturnType<typeof splitCommand>): string => [call!.program, ...call!.arguments].join(' | ');

describe('commands of the user', () => {
  test('words are parted at blanks, quotes keep them', () =>
    expect(splitCommand(`"/opt/my editor" --wait 'a b'`)).toEqual({
      program: '/opt/my editor',
      arguments: ['--wait', 'a b'],
    }));
  test('nothing of a shell has a meaning', () =>
    expect(splitCommand('less;rm $HOME `x`')).toEqual({ program: 'less;rm', arguments: ['$HOME', '`x`'] }));
  test('an empty one is none', () => expect(splitCommand('  ')).toBe(null));
});

test.each([
  ['vim', 'vim | +12 | /a b.md'],
  ['/usr/bin/nano -w', '/usr/bin/nano | -w | +12 | /a b.md'],
  ['code --wait', 'code | --wait | -g | /a b.md:12'],
  ['hx', 'hx | /a b.md:12'],
  ['unheard-of', 'unheard-of | /a b.md'],
])('%s goes to the line where it is known how', (editor, expected) =>
  expect(line(editorCommand(editor, '/a b.md', 12))).toBe(expected),
);

test('a pager goes to the line where it is known how', () => {
  expect(line(pagerCommand('less -R', 12))).toBe('less | -R | +12');
  expect(line(pagerCommand('cat', 12))).toBe('cat');
  expect(line(pagerCommand('less', 1))).toBe('less');
});

test('what the system opens files with', () => {
  expect(line(openerCommand('', 'linux', '/a.pdf'))).toBe('xdg-open | /a.pdf');
  expect(line(openerCommand('', 'darwin', '/a.pdf'))).toBe('open | /a.pdf');
  expect(line(openerCommand('', 'win32', 'C:/a&b.pdf'))).toBe('explorer.exe | C:/a&b.pdf');
  expect(line(openerCommand('zathura --fork', 'linux', '/a.pdf'))).toBe('zathura | --fork | /a.pdf');
});
