// \fcharset values (RTF 1.9.1, "Font Table") to encodings as iconv-lite names them.
const byCharset: Readonly<Record<number, string>> = {
  0: 'windows-1252',
  77: 'macroman',
  128: 'shift_jis',
  129: 'cp949',
  134: 'gbk',
  136: 'big5',
  161: 'windows-1253',
  162: 'windows-1254',
  163: 'windows-1258',
  177: 'windows-1255',
  178: 'windows-1256',
  186: 'windows-1257',
  204: 'windows-1251',
  222: 'windows-874',
  238: 'windows-1250',
  255: 'cp437',
};

/** Null for what takes the document's own code page: the default charset (1) and symbols (2). */
export const encodingOfCharset = (charset: number): string | null => byCharset[charset] ?? null;

export function encodingOfCodePage(codePage: number): string | null {
  if (codePage === 932) return 'shift_jis';
  if (codePage === 936) return 'gbk';
  if (codePage === 949) return 'cp949';
  if (codePage === 950) return 'big5';
  if (codePage === 65001) return 'utf8';
  if (codePage === 10000) return 'macroman';
  return codePage > 0 ? `cp${codePage}` : null;
}
