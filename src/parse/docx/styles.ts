import { isOn } from '../office/package.ts';
import { attribute, readXml } from '../xml.ts';

export type ParagraphStyle = {
  /** 1 to 9 for a heading, 0 for the document's title. */
  readonly headingLevel: number | null;
  readonly numId: string | null;
  readonly ilvl: number;
  readonly hidden: boolean;
};

type RawStyle = {
  name: string;
  basedOn: string | null;
  outline: number | null;
  numId: string | null;
  ilvl: number | null;
  hidden: boolean | null;
};

// Word allows chains of based-on styles of no more than this; longer ones are damage.
const longestChain = 32;

/** Paragraph and character styles by id, with what they inherit. */
export function readStyles(bytes: Uint8Array | null, part: string): (styleId: string | null) => ParagraphStyle {
  const raw = new Map<string, RawStyle>();
  if (bytes) {
    let style: RawStyle | null = null;
    readXml(bytes, part, {
      open(name, attributes) {
        if (name === 'style') {
          style = { name: '', basedOn: null, outline: null, numId: null, ilvl: null, hidden: null };
          raw.set(attribute(attributes, 'styleId') ?? '', style);
        } else if (style) readStyleProperty(style, name, attributes);
      },
      close(name) {
        if (name === 'style') style = null;
      },
    });
  }
  const resolved = new Map<string, ParagraphStyle>();
  return (styleId) => {
    const key = styleId ?? '';
    const known = resolved.get(key);
    if (known) return known;
    const style = resolve(raw, key);
    resolved.set(key, style);
    return style;
  };
}

function readStyleProperty(style: RawStyle, name: string, attributes: Readonly<Record<string, string>>): void {
  const value = attribute(attributes, 'val') ?? '';
  if (name === 'name') style.name = value;
  else if (name === 'basedOn') style.basedOn = value;
  else if (name === 'outlineLvl') style.outline = Number(value);
  else if (name === 'numId') style.numId = value;
  else if (name === 'ilvl') style.ilvl = Number(value);
  else if (name === 'vanish') style.hidden = isOn(attributes);
}

function resolve(raw: ReadonlyMap<string, RawStyle>, styleId: string): ParagraphStyle {
  let headingLevel: number | null = headingByName(styleId.replace(/(\d)$/, ' $1'));
  let numId: string | null = null;
  let ilvl: number | null = null;
  let hidden: boolean | null = null;
  let style = raw.get(styleId);
  if (style) headingLevel = null;
  for (let step = 0; style && step < longestChain; step++) {
    headingLevel ??=
      headingByName(style.name) ?? (style.outline !== null && style.outline < 9 ? style.outline + 1 : null);
    numId ??= style.numId;
    ilvl ??= style.ilvl;
    hidden ??= style.hidden;
    style = style.basedOn === null ? undefined : raw.get(style.basedOn);
  }
  return { headingLevel, numId, ilvl: ilvl ?? 0, hidden: hidden ?? false };
}

function headingByName(name: string): number | null {
  const level = /^heading (\d)$/i.exec(name.trim())?.[1];
  if (level !== undefined) return Number(level);
  return /^title$/i.test(name.trim()) ? 0 : null;
}
