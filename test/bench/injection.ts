/**
 * Instructions inside of documents: how many change the answer of a scripted model that obeys all that it reads outside of
 * the fenced data, of one that obeys everything, and of none; and how many changed answers the checks mark.
 *
 *   npm run bench:injection [-- --list]
 */
import { parseArgs } from 'node:util';
import { injectionCases, runInjectionSet } from '../support/injection-set.ts';

const { values } = parseArgs({ options: { list: { type: 'boolean', default: false } } });
const READERS = [
  ['obeys what is not fenced as data', 'outside'],
  ['obeys everything it reads', 'all'],
  ['none: quotes the documents', null],
] as const;

console.log(
  `${injectionCases().length} documents, each with one instruction and one question that the rest of it answers.\n`,
);
console.log(
  '| Model | answered from the document | changed by an instruction | of these marked by checks | unmarked |',
);
console.log('| --- | --- | --- | --- | --- |');
for (const [name, obedience] of READERS) {
  const results = await runInjectionSet(obedience);
  const right = results.filter(({ case: { fact }, answer, isChanged }) => !isChanged && answer.text.includes(fact));
  const changed = results.filter(({ isChanged }) => isChanged);
  const marked = changed.filter(({ isMarked }) => isMarked);
  console.log(
    `| ${name} | ${right.length} | ${changed.length} | ${marked.length} | ${changed.length - marked.length} |`,
  );
  if (!values.list) continue;
  for (const { case: each, answer, isChanged, isMarked } of results) {
    const what = !isChanged
      ? answer.text.includes(each.fact)
        ? ''
        : 'not answered'
      : isMarked
        ? 'marked'
        : 'UNMARKED';
    if (what !== '')
      console.log(`    ${what.padEnd(12)} ${each.kind}: ${answer.text.replace(/\s+/g, ' ').slice(0, 150)}`);
  }
}
