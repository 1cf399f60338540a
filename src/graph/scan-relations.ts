import type { Occurrence } from './occurrence.ts';
import type { RelationKind } from './relation-kinds.ts';

type RelationRule = { readonly kind: RelationKind; readonly between: RegExp; readonly isReversed?: boolean };

/** What stands between two names, and what it says of them. The first rule that matches decides. */
export const relationRules: readonly RelationRule[] = [
  { kind: 'part of', between: /\b(?:part of|belongs? to|a (?:division|subsidiary|unit|branch|suburb|district) of)\b/ },
  {
    kind: 'member of',
    between:
      /\b(?:a )?(?:member|vocalist|singer|guitarist|drummer|bassist|leader|captain) (?:of|for)\b|\bplay(?:s|ed) for\b/,
  },
  {
    kind: 'located in',
    between: /\b(?:located|situated|based|headquartered|lies|held) (?:in|at|near|on)\b|^ (?:is|are) in\b/,
  },
  { kind: 'born in', between: /\bborn (?:[^.]{0,30} )?(?:in|at)\b/ },
  { kind: 'founded', between: /\b(?:founded|established|started|set up|created) by\b/, isReversed: true },
  { kind: 'founded', between: /\b(?:co-?founded|founded|established|founder of|co-founder of)\b/ },
  { kind: 'replaces', between: /\b(?:replaced|superseded|succeeded) by\b/, isReversed: true },
  { kind: 'replaces', between: /\b(?:replace[sd]?|supersede[sd]?|succeeds|obsoletes|instead of)\b/ },
  { kind: 'depends on', between: /\b(?:depends? on|requires?|relies on|rely on|built on|based on)\b/ },
  {
    kind: 'works for',
    between:
      /\b(?:works? (?:for|at)|worked (?:for|at)|employed (?:by|at)|joined|professor at|director of|ceo of|president of|manager of|engineer at)\b/,
  },
  { kind: 'wrote', between: /\b(?:written|composed|authored|novel) by\b/, isReversed: true },
  { kind: 'wrote', between: /\b(?:wrote|author of|composed|co-wrote|authored)\b/ },
  { kind: 'directed', between: /\b(?:directed|produced) by\b/, isReversed: true },
  { kind: 'directed', between: /\b(?:directed|director of|produced)\b/ },
  {
    kind: 'owns',
    between: /\b(?:owned|acquired|bought|published|released|developed|manufactured) by\b/,
    isReversed: true,
  },
  { kind: 'owns', between: /\b(?:owns|acquired|bought|developed|manufactures)\b/ },
  { kind: 'uses', between: /\b(?:uses|used|using|runs on|powered by)\b/ },
  { kind: 'is a', between: /^,? (?:is|was|are|were) (?:also )?(?:an? |the |one of )/ },
];

/** Longer gaps hold clauses of their own. */
const MAX_GAP = 60;
const endOfSentence = /[.!?;:](?:\s|$)|\n\n|[|[\]]/;
const triggers = /[a-z]{3}|is|in/;

export type FoundRelation = { readonly kind: RelationKind; readonly from: Occurrence; readonly to: Occurrence };

/** Relations between names that follow each other in one sentence. `occurrences` are in order of their start. */
export function scanRelations(text: string, occurrences: readonly Occurrence[]): FoundRelation[] {
  const found: FoundRelation[] = [];
  for (let i = 0; i + 1 < occurrences.length; i++) {
    const from = occurrences[i] as Occurrence;
    let j = i + 1;
    while (j < occurrences.length && (occurrences[j] as Occurrence).start < from.end) j++;
    const to = occurrences[j];
    if (!to || to.start - from.end > MAX_GAP || to.start - from.end < 4) continue;
    const gap = text.slice(from.end, to.start);
    if (!triggers.test(gap) || endOfSentence.test(gap)) continue;
    const rule = relationRules.find(({ between }) => between.test(gap));
    if (!rule) continue;
    found.push(rule.isReversed ? { kind: rule.kind, from: to, to: from } : { kind: rule.kind, from, to });
  }
  return found;
}
