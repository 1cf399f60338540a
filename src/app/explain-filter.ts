import type { SearchFilter } from '../domain/search.ts';

/** What is asked of a knowledge base to tell why a filter leaves nothing over. */
export type FilterTrial = {
  collections(): readonly string[];
  types(): readonly string[];
  /** Whether any document passes. */
  passes(filter: SearchFilter): boolean;
};

/**
 * Why no document passes a filter: a sentence for each condition that no document meets, with what there is instead
 * where that is short, or one that says that only together they leave nothing. For a filter that none passes.
 */
export function explainFilter(filter: SearchFilter, trial: FilterTrial): string[] {
  const reasons: string[] = [];
  const collections = trial.collections();
  for (const name of filter.collections ?? []) {
    if (!collections.includes(name)) reasons.push(`There is no collection "${name}"; there is ${list(collections)}.`);
    else if (!trial.passes({ collections: [name] })) reasons.push(`The collection "${name}" has no documents.`);
  }
  for (const type of filter.types ?? []) {
    if (!trial.passes({ types: [type] })) {
      reasons.push(`No document is of the type "${type}"; there is ${list(trial.types())}.`);
    }
  }
  for (const tag of filter.tags ?? []) {
    if (!trial.passes({ tags: [tag] })) reasons.push(`No document has the tag "${tag}".`);
  }
  for (const path of filter.paths ?? []) {
    if (!trial.passes({ paths: [path] })) reasons.push(`No path or URL matches "${path}".`);
  }
  for (const language of filter.languages ?? []) {
    if (!trial.passes({ languages: [language] })) reasons.push(`No document is in the language "${language}".`);
  }
  for (const kind of filter.kinds ?? []) {
    if (!trial.passes({ kinds: [kind] })) reasons.push(`No document is of the kind "${kind}".`);
  }
  if (filter.warned && !trial.passes({ warned: true })) reasons.push('There is no warning about any document.');
  const { since, until } = filter;
  if (since && until && since > until) {
    reasons.push(`No day is both since ${since.slice(0, 10)} and until ${until.slice(0, 10)}.`);
  } else {
    if (since && !trial.passes({ since })) reasons.push(`No document changed since ${since.slice(0, 10)}.`);
    if (until && !trial.passes({ until })) reasons.push(`No document changed until ${until.slice(0, 10)}.`);
  }
  return reasons.length > 0 ? reasons : ['Documents meet each of the filters, but none meets them all.'];
}

const MAX_LISTED = 12;

const list = (names: readonly string[]): string =>
  names.length === 0
    ? 'none'
    : names.slice(0, MAX_LISTED).join(', ') +
      (names.length > MAX_LISTED ? ` and ${names.length - MAX_LISTED} more` : '');
