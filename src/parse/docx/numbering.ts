import { formatNumber } from '../list-number.ts';
import { attribute, readXml } from '../xml.ts';

type Level = { start: number; format: string; text: string; restartAfter: number | null };
type Num = { abstractId: string; overrides: Map<number, number> };

/** Counts list items as Word does and gives the label of each: "-" for bullets, else "1.", "(b)", "2.3" ... */
export type Numbering = {
  /** Label of the next item of a list at a level (0-based); null when the list has none there. */
  next(numId: string, ilvl: number): { label: string; bullet: boolean } | null;
};

const deepestLevel = 8;

export function readNumbering(bytes: Uint8Array | null, part: string): Numbering {
  const abstracts = new Map<
    string,
    { levels: Map<number, Level>; styleLink: string | null; numStyleLink: string | null }
  >();
  const nums = new Map<string, Num>();
  if (bytes) readDefinitions(bytes, part, abstracts, nums);
  const byStyle = new Map(
    [...abstracts.values()]
      .filter(({ styleLink }) => styleLink !== null)
      .map((abstract) => [abstract.styleLink, abstract]),
  );
  // Lists that share an abstract definition go on counting together.
  const counters = new Map<string, (number | undefined)[]>();
  const startedNums = new Set<string>();
  return {
    next(numId, ilvl) {
      const num = nums.get(numId);
      if (!num || ilvl < 0 || ilvl > deepestLevel) return null;
      const own = abstracts.get(num.abstractId);
      const levels = (own && own.levels.size === 0 && own.numStyleLink !== null ? byStyle.get(own.numStyleLink) : own)
        ?.levels;
      const level = levels?.get(ilvl);
      if (!levels || !level) return null;
      const counts = counters.get(num.abstractId) ?? [];
      counters.set(num.abstractId, counts);
      if (!startedNums.has(numId)) {
        startedNums.add(numId);
        for (const [overridden, start] of num.overrides) counts[overridden] = start - 1;
      }
      counts[ilvl] = (counts[ilvl] ?? level.start - 1) + 1;
      for (let deeper = ilvl + 1; deeper <= deepestLevel; deeper++) counts[deeper] = undefined;
      if (level.format === 'bullet') return { label: '-', bullet: true };
      if (level.format === 'none') return { label: level.text.includes('%') ? '' : level.text.trim(), bullet: false };
      const label = level.text.replace(/%([1-9])/g, (_, digit: string) => {
        const at = Number(digit) - 1;
        const source = levels.get(at);
        return formatNumber(counts[at] ?? source?.start ?? 1, source?.format ?? 'decimal');
      });
      return { label: label.trim(), bullet: false };
    },
  };
}

function readDefinitions(
  bytes: Uint8Array,
  part: string,
  abstracts: Map<string, { levels: Map<number, Level>; styleLink: string | null; numStyleLink: string | null }>,
  nums: Map<string, Num>,
): void {
  let abstract: { levels: Map<number, Level>; styleLink: string | null; numStyleLink: string | null } | null = null;
  let num: Num | null = null;
  let level: Level | null = null;
  let override = 0;
  readXml(bytes, part, {
    open(name, attributes) {
      const value = attribute(attributes, 'val') ?? '';
      if (name === 'abstractNum') {
        abstract = { levels: new Map(), styleLink: null, numStyleLink: null };
        abstracts.set(attribute(attributes, 'abstractNumId') ?? '', abstract);
      } else if (name === 'num') {
        num = { abstractId: '', overrides: new Map() };
        nums.set(attribute(attributes, 'numId') ?? '', num);
      } else if (name === 'styleLink' && abstract) abstract.styleLink = value;
      else if (name === 'numStyleLink' && abstract) abstract.numStyleLink = value;
      else if (name === 'abstractNumId' && num) num.abstractId = value;
      else if (name === 'lvlOverride') override = Number(attribute(attributes, 'ilvl') ?? 0);
      else if (name === 'startOverride' && num) num.overrides.set(override, toStart(value));
      else if (name === 'lvl' && abstract) {
        level = { start: 1, format: 'decimal', text: '', restartAfter: null };
        abstract.levels.set(Number(attribute(attributes, 'ilvl') ?? 0), level);
      } else if (level && name === 'start') level.start = toStart(value);
      else if (level && name === 'numFmt') level.format = value;
      else if (level && name === 'lvlText') level.text = value;
    },
    close(name) {
      if (name === 'abstractNum') abstract = null;
      else if (name === 'num') num = null;
      else if (name === 'lvl') level = null;
    },
  });
}

function toStart(value: string): number {
  const start = Number(value);
  return Number.isSafeInteger(start) && Math.abs(start) < 1_000_000 ? start : 1;
}
