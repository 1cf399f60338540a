import { stemOf } from '../text-terms.ts';

/** Words of which one says the opposite of the other. A line has two sides; each word of one side opposes each of the other. */
const PAIRS = `
increase increased rise rose grow grew raise raised gain higher | decrease decreased fall fell decline declined drop dropped shrink shrank reduce reduced lower loss
more greater above over exceed | less fewer below under
before prior earlier | after later
allow allowed permit permitted | forbid forbidden prohibit prohibited ban banned disallow
include included including inclusive | exclude excluded excluding exclusive
accept accepted approve approved grant granted | reject rejected refuse refused deny denied
first | last
open opened | close closed
enable enabled | disable disabled
win won | lose lost
minimum least bound-least | maximum most bound-most
start started begin began | end ended stop stopped finish finished
buy bought purchase | sell sold
true correct right | false wrong incorrect
mandatory required compulsory obligatory | optional voluntary
internal | external
import imported | export exported
north northern | south southern
east eastern | west western
left | right
old older oldest elder | new newer newest young younger youngest
high highest | low lowest
large larger largest big bigger biggest | small smaller smallest
long longer longest | short shorter shortest
fast faster | slow slower
best better | worst worse
early | late
success succeed succeeded | failure fail failed
add added | remove removed
public | private
present | absent
male men man | female women woman
positive | negative
strong stronger | weak weaker
safe | dangerous unsafe
paid | unpaid
father son brother husband | mother daughter sister wife
steigt stieg erhoht zunahme | sinkt sank senkt abnahme
erlaubt gestattet zulassig | verboten untersagt unzulassig
mindestens | hochstens maximal
vor | nach
augmente hausse | diminue baisse
autorise permis | interdit
avant | apres
aumenta | disminuye
permitido | prohibido
antes | despues
`;

const stemmed = (side: string): string[] =>
  side
    .trim()
    .split(/\s+/)
    .map((word) => (word.includes('-') ? word : stemOf(word)));

const OPPOSITES: ReadonlyMap<string, ReadonlySet<string>> = (() => {
  const map = new Map<string, Set<string>>();
  for (const line of PAIRS.trim().split('\n')) {
    const [left = [], right = []] = line.split('|').map(stemmed);
    for (const [own, other] of [
      [left, right],
      [right, left],
    ] as const) {
      for (const word of own) map.set(word, new Set([...(map.get(word) ?? []), ...other]));
    }
  }
  return map;
})();

/** Stems that say the opposite of a stem; undefined for words without an opposite in the table. */
export const oppositesOf = (stem: string): ReadonlySet<string> | undefined => OPPOSITES.get(stem);
