import { dirname } from 'node:path';
import { isTrusted } from '../../../config/trust.ts';
import { messageOf, RagError } from '../../../platform/errors.ts';
import { nearestName } from '../../../platform/nearest-name.ts';
import { readSmallFile } from '../../../platform/read-small-file.ts';
import { namesIn } from './condition.ts';
import { orderSteps } from './order-steps.ts';
import { readStep } from './read-step.ts';
import type { Workflow, WorkflowStep } from './types.ts';
import { workflowLines } from './workflow-lines.ts';

/** A workflow is some lines; what is larger is something else. */
const MAX_FILE_BYTES = 256_000;
const MAX_STEPS = 200;

/** Text of a workflow file. Throws NOT_FOUND, or USAGE for what is no small regular file. */
export function readWorkflowFile(file: string): string {
  try {
    return readSmallFile(file, MAX_FILE_BYTES);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new RagError(isMissing ? 'NOT_FOUND' : 'USAGE', {
      message: isMissing ? `There is no file ${file}.` : `${file} cannot be read: ${messageOf(error)}.`,
      hint: 'Name a TOML file with [[steps]]; `rag run --help` shows one.',
      cause: error,
    });
  }
}

export type ReadWorkflowOptions = { readonly file: string; readonly trustFile: string };

/**
 * The steps of a workflow, all of it checked: names, kinds, values, conditions, order and trust. Throws CONFIG_INVALID with
 * the file and the line, before anything runs.
 */
export async function readWorkflow(text: string, { file, trustFile }: ReadWorkflowOptions): Promise<Workflow> {
  const lines = workflowLines(text);
  const fail = (line: number, what: string, hint?: string): never => {
    throw new RagError('CONFIG_INVALID', {
      message: `${file}:${line}: ${what}.`,
      hint: hint ?? 'Correct that line; nothing was run.',
      details: { file, line },
    });
  };
  const { parse, TomlError } = await import('smol-toml');
  let tree: Record<string, unknown>;
  try {
    tree = parse(text, { maxDepth: 20 });
  } catch (error) {
    const line = error instanceof TomlError ? error.line : 1;
    return fail(line, (messageOf(error).split('\n')[0] ?? '').replace('Invalid TOML document: ', ''));
  }
  for (const key of Object.keys(tree)) {
    if (!['name', 'steps'].includes(key)) fail(lines.ofKey(key), `"${key}" is nothing that a workflow has`);
  }
  const { name = 'workflow', steps: tables } = tree;
  if (typeof name !== 'string') fail(lines.ofKey('name'), 'name must be text in quotes');
  if (!Array.isArray(tables) || tables.length === 0 || tables.some((table) => typeof table !== 'object'))
    return fail(1, 'there are no steps', 'Write each as [[steps]] with name, kind and what the kind takes.');
  if (tables.length > MAX_STEPS) fail(lines.ofStep(MAX_STEPS), `there are more than ${MAX_STEPS} steps`);

  const steps = (tables as Record<string, unknown>[]).map((table, index) => readStep(table, { index, lines, fail }));
  checkNames(steps, fail);
  const needing = steps.find(({ kind }) => kind.needsTrust);
  if (needing && !isTrusted(dirname(file), trustFile)) {
    fail(
      needing.line,
      `the step "${needing.name}" runs a command, which only files of trusted folders may`,
      `Read the file; if you trust it, run \`rag config trust ${dirname(file)}\`.`,
    );
  }
  const ordered = orderSteps(steps);
  if ('order' in ordered) return { name: name as string, steps: ordered.order };
  const first = steps.find((step) => step.name === ordered.circle[0]);
  return fail(
    first?.line ?? 1,
    `steps wait for each other: ${ordered.circle.join(' -> ')}`,
    'Take one of the needs out.',
  );
}

type Fail = (line: number, what: string, hint?: string) => never;

function checkNames(steps: readonly WorkflowStep[], fail: Fail): void {
  const byName = new Map<string, WorkflowStep>();
  for (const step of steps) {
    const other = byName.get(step.name);
    if (other) fail(step.line, `"${step.name}" is also the name of the step in line ${other.line}`);
    byName.set(step.name, step);
  }
  const meant = (name: string): string | undefined => {
    const nearest = nearestName(name, [...byName.keys()]);
    return nearest ? `Did you mean "${nearest}"?` : undefined;
  };
  for (const step of steps) {
    for (const name of step.needs) {
      if (!byName.has(name)) fail(step.line, `the step "${step.name}" needs "${name}", which is no step`, meant(name));
    }
    for (const { step: name, field } of step.when ? namesIn(step.when.condition) : []) {
      const asked = byName.get(name);
      if (!asked) {
        fail(step.line, `the condition of "${step.name}" asks for "${name}", which is no step`, meant(name));
        continue;
      }
      const fields = asked.kind.fields;
      if (field === null || field === 'state' || fields === null || fields.includes(field)) continue;
      fail(
        step.line,
        `the condition of "${step.name}" asks for ${name}.${field}, which ${asked.kind.name} does not give`,
        `It gives ${fields.join(', ')}.`,
      );
    }
  }
}
