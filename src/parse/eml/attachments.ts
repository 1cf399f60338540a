/** Mail gateways refuse messages nested deeper; the library recurses once per level. */
export const deepestNesting = 200;

/** What of a mail's other parts is attached to it; pictures that its text shows are not. */
export function attachmentsOf<Part extends { readonly disposition: string | null; readonly related?: boolean }>(
  parts: readonly Part[],
): readonly Part[] {
  return parts.filter(({ disposition, related }) => disposition !== 'inline' || !related);
}
