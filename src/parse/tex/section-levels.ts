import { SECTIONING } from './commands.ts';

/** From the outermost that is used at 2 (the title is 1), or at 1 when there is no title. */
export function sectionLevels(source: string): Map<string, number> {
  const used = SECTIONING.filter((name) => new RegExp(`\\\\${name}\\*?\\s*[[{]`).test(source));
  const outermost = /\\title\s*[[{]/.test(source) ? 2 : 1;
  return new Map(used.map((name, index) => [name, Math.min(6, outermost + index)]));
}
