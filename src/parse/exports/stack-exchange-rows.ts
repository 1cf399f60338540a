/** Attributes of one row of a Stack Exchange dump: `<row Id="1" PostTypeId="1" ... />`, each on a line of its own. */
export function rowAttributes(line: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name, value] of line.matchAll(/\s([A-Za-z]{1,40})="([^"]*)"/g)) {
    attributes.set(name as string, decodeEntities(value as string));
  }
  return attributes;
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

const decodeEntities = (text: string): string =>
  text.replace(
    /&(?:#x([0-9A-Fa-f]{1,6})|#(\d{1,7})|(lt|gt|quot|apos|amp));/g,
    (_all, hex?: string, decimal?: string, name?: string) => {
      if (name) return NAMED[name] as string;
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '';
    },
  );
