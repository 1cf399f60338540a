const LONGEST_SEGMENT = 200;
const LONGEST_PATH = 1_000;

/**
 * The name that an archive has for a member, as a path below it: "/" between parts; no drive, root, "." or "..", no
 * control characters, bounded in length. It is a name only: nothing is ever written under it. Empty for a name without
 * anything of its own.
 */
export function memberPath(name: string): string {
  const segments = name
    .slice(0, LONGEST_PATH * 4)
    .replace(/^[A-Za-z]:(?=[\\/])/, '')
    .split(/[\\/]+/)
    .map((segment) => segment.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim())
    .filter((segment) => segment !== '' && segment !== '.' && segment !== '..')
    .map((segment) => shortened(segment, LONGEST_SEGMENT));
  return shortened(segments.join('/'), LONGEST_PATH);
}

/** Cut before its extension, so that the name still says what it is. */
function shortened(name: string, most: number): string {
  if (name.length <= most) return name;
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '';
  const cut = name.slice(0, most - extension.length - 1).replace(/[\ud800-\udbff]$/, '');
  return `${cut}…${extension}`;
}

/** Gives each path once: the second `a/x.md` is `a/x (2).md`. */
export function createPathKeeper(): (path: string) => string {
  const counts = new Map<string, number>();
  const taken = new Set<string>();
  return (path) => {
    let unique = path;
    while (taken.has(unique)) {
      const count = (counts.get(path) ?? 1) + 1;
      counts.set(path, count);
      unique = path.replace(/(?=\.[^./]+$)|$/, ` (${count})`);
    }
    taken.add(unique);
    return unique;
  };
}
