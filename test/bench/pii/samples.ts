import { createDraw, type Draw } from './draw.ts';
import { NEAR_MISSES } from './near-misses.ts';
import { MAKERS, type ValueMaker } from './values.ts';

/** A text with the places of what is personal in it. */
export type Sample = {
  readonly what: string;
  readonly text: string;
  readonly truths: readonly {
    readonly kind: string;
    readonly rule: string;
    readonly start: number;
    readonly end: number;
  }[];
};

/** `@` stands for the value, `#` for its label. Each half of the bench has its own. */
const TEMPLATES = {
  seen: [
    '#: @',
    'Please note the #: @, and answer soon.',
    'Der Vorgang nennt # @ als Angabe.',
    'Le dossier indique # : @ pour cette personne.',
    'name: Jane; #: @; city: Rome',
    '- # @\n- another line',
  ],
  held: [
    'For our files (#: @).',
    '#\t@\tok',
    'Bitte prüfen Sie die Angabe „# @“.',
    'Su # es: @.',
    '| Jane | # @ | Rome |',
    'Her # = @; his is not known.',
    'We were told that the # is @ by phone of the office.',
  ],
} as const;

const PLAIN = {
  seen: ['Then @ was named.', 'See @ (again).', 'a, @, b'],
  held: ['It said "@" there.', 'Erst @, dann nichts.', 'x = [@]'],
} as const;

export type Half = keyof typeof TEMPLATES;

const place = (template: string, value: string, maker: ValueMaker, label: string): Sample => {
  const text = template.replace('#', label);
  const start = text.indexOf('@');
  return {
    what: maker.rule,
    text: text.replace('@', () => value),
    truths: [{ kind: maker.kind, rule: maker.rule, start, end: start + value.length }],
  };
};

/** Values in sentences, and sentences that only look as if they held some. */
export function generatedSamples(half: Half, seed: number, perRule: number): Sample[] {
  const draw = createDraw(seed);
  const found = MAKERS.flatMap((maker) =>
    Array.from({ length: perRule }, (_, index) => {
      const isPlain = maker.isPlain && index % 3 === 2;
      const template = draw.one<string>(isPlain ? PLAIN[half] : templatesOf(half, maker));
      return place(template, maker.make(draw), maker, draw.one(maker.labels));
    }),
  );
  const misses = NEAR_MISSES.flatMap(([what, make]) =>
    Array.from({ length: perRule }, (): Sample => ({ what, text: make(draw), truths: [] })),
  );
  return [...found, ...misses];
}

/** A password follows its word and a sign. */
const templatesOf = (half: Half, { rule }: ValueMaker): readonly string[] =>
  rule === 'password' || rule === 'birth-date'
    ? TEMPLATES[half].filter((template) => /#(?:: | : | = | is | es: )@/.test(template))
    : TEMPLATES[half];

type Hiding = {
  readonly what: string;
  readonly fits: (maker: ValueMaker) => boolean;
  readonly hide: (value: string, draw: Draw) => string | null;
};

const isNumber = ({ kind }: ValueMaker): boolean =>
  kind === 'card' || kind === 'iban' || kind === 'national-id' || kind === 'phone';
const isAny = (): boolean => true;
const isGrouped = (value: string): boolean => /\w \w/.test(value);

const HIDINGS: readonly Hiding[] = [
  {
    what: 'digits of full width',
    fits: isNumber,
    hide: (value) => value.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  },
  {
    what: 'Arabic digits',
    fits: isNumber,
    hide: (value) => value.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))),
  },
  {
    what: 'characters of no width',
    fits: isAny,
    hide: (value, draw) => {
      const at = 1 + draw.number(value.length - 1);
      return `${value.slice(0, at)}\u200b${value.slice(at)}`;
    },
  },
  {
    what: 'soft hyphens',
    fits: isAny,
    hide: (value, draw) => {
      const at = 1 + draw.number(value.length - 1);
      return `${value.slice(0, at)}\u00ad${value.slice(at)}`;
    },
  },
  {
    what: 'spaces that do not break',
    fits: isNumber,
    hide: (value) => (isGrouped(value) ? value.replaceAll(' ', '\u00a0') : null),
  },
  {
    what: 'hyphens that do not break',
    fits: isNumber,
    hide: (value) => (/\d-\d/.test(value) ? value.replaceAll('-', '\u2011') : null),
  },
  {
    what: 'a line break between groups',
    fits: isNumber,
    hide: (value, draw) => {
      if (!isGrouped(value)) return null;
      const gaps = [...value.matchAll(/ /g)].map(({ index }) => index);
      const at = draw.one(gaps);
      return `${value.slice(0, at)}\n${value.slice(at + 1)}`;
    },
  },
  {
    what: 'a line break in an address',
    fits: ({ kind }) => kind === 'email',
    hide: (value) => value.replace('@', '@\n'),
  },
  {
    what: 'at and dot in words',
    fits: ({ kind }) => kind === 'email',
    hide: (value, draw) => value.replace('@', draw.one([' (at) ', ' [at] '])).replace(/\.(?=[a-z]+$)/, ' (dot) '),
  },
  { what: 'percent-encoding', fits: ({ kind }) => kind === 'email', hide: (value) => value.replace('@', '%40') },
  {
    what: 'digit by digit',
    fits: ({ kind }) => kind === 'card',
    hide: (value) => [...value.replace(/\D/g, '')].join(' '),
  },
];

const PLACES: readonly (readonly [
  what: string,
  around: (label: string, value: string) => readonly [string, string],
])[] = [
  ['in JSON', (label) => [`{"id": 7, "${label}": "`, '", "ok": true}']],
  ['in a table', (label) => [`| ${label} | `, ' | 2024 |']],
  ['in code', (label) => [`const ${identifierOf(label)} = "`, '"; // set']],
  ['in markup', (label) => [`<td class="x">${label}: `, '</td>']],
];

/** As one would name a variable: letters without their accents. */
const identifierOf = (label: string): string => label.normalize('NFD').replace(/\p{M}/gu, '').replace(/\W/g, '_');

/** The same kinds of values, hidden in the ways that people and files hide them. */
export function adversarialSamples(seed: number, perWay: number): Sample[] {
  const draw = createDraw(seed);
  const samples: Sample[] = [];
  for (const maker of MAKERS) {
    for (const { what, fits, hide } of HIDINGS) {
      if (!fits(maker)) continue;
      for (let index = 0; index < perWay; index++) {
        const value = hide(maker.make(draw), draw);
        if (value !== null) samples.push({ ...place('#: @ is known.', value, maker, draw.one(maker.labels)), what });
      }
    }
    for (const [what, around] of PLACES) {
      for (let index = 0; index < perWay; index++) {
        const value = maker.make(draw);
        const [before, after] = around(draw.one(maker.labels), value);
        const span = { start: before.length, end: before.length + value.length };
        samples.push({ what, text: before + value + after, truths: [{ kind: maker.kind, rule: maker.rule, ...span }] });
      }
    }
  }
  return samples;
}
