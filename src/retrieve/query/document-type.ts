/** What people call the types that documents have; every other name stands for itself. */
const TYPE_OF_NAME: Readonly<Record<string, string>> = {
  markdown: 'md',
  text: 'txt',
  plaintext: 'txt',
  htm: 'html',
  word: 'docx',
  excel: 'xlsx',
  powerpoint: 'pptx',
  email: 'eml',
  mail: 'eml',
  notebook: 'ipynb',
  yml: 'yaml',
  jpeg: 'jpg',
  python: 'py',
  javascript: 'js',
  typescript: 'ts',
};

/** `PDF`, `.pdf` and `markdown` as the index names types. */
export function documentType(name: string): string {
  const plain = name.toLowerCase().replace(/^\./, '');
  return TYPE_OF_NAME[plain] ?? plain;
}
