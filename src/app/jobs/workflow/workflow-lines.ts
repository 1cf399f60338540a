/** Where in a workflow file something stands, 1-based. */
export type WorkflowLines = {
  /** Line of a key above the steps; 1 when it is not found. */
  ofKey(key: string): number;
  /** Line of the n-th `[[steps]]`, from 0. */
  ofStep(step: number): number;
  /** Line of a key of that step, else of the step. */
  ofStepKey(step: number, key: string): number;
};

/** Finds lines by their form; a multi-line text that looks like keys may confuse it. */
export function workflowLines(text: string): WorkflowLines {
  const top = new Map<string, number>();
  const steps: { readonly line: number; readonly keys: Map<string, number> }[] = [];
  for (const [index, content] of text.split('\n').entries()) {
    if (/^\s*\[\[\s*steps\s*\]\]/.test(content)) steps.push({ line: index + 1, keys: new Map() });
    const key = /^\s*(?:\[\s*steps\s*\.\s*)?["']?([\w-]+)["']?\s*[=.\]]/.exec(content)?.[1];
    const keys = steps.at(-1)?.keys ?? top;
    if (key !== undefined && !keys.has(key)) keys.set(key, index + 1);
  }
  return {
    ofKey: (key) => top.get(key) ?? 1,
    ofStep: (step) => steps[step]?.line ?? 1,
    ofStepKey: (step, key) => steps[step]?.keys.get(key) ?? steps[step]?.line ?? 1,
  };
}
