/** Whether a URI is one of the scope, or below one, or within one that is a container (`a.zip!/b.md`). */
export function isInScope(uri: string, scope: ReadonlySet<string>): boolean {
  for (let end = uri.length; end > 0; end = uri.lastIndexOf('/', end - 1)) {
    const above = uri.slice(0, end);
    if (scope.has(above) || (above.endsWith('!') && scope.has(above.slice(0, -1)))) return true;
  }
  return false;
}
