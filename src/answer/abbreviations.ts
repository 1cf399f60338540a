/** Abbreviations after which a sentence goes on whatever follows. Lower case, without the last dot. */
const ALWAYS = new Set(
  `mr mrs ms dr prof st sr jr rev hon gen col capt lt sgt messrs mme mlle hr fr frl dipl ing e.g i.e eg ie cf vs viz ca
   approx bzw z.b d.h u.a u.ä s.o s.u v.a i.d.r ggf evtl inkl exkl zzgl abzgl vgl bspw sog nr abs art ziff tel str p.ex
   par.ex c.-à-d c.à.d env réf p.ej ej núm pág ud uds sra dra av bijv d.w.z m.b.v o.a t.ex bl.a dvs т.е т.д т.п напр г ул`.split(
    /\s+/,
  ),
);
/** Abbreviations that only count before a number: "No. 5", "Fig. 2", but "He said no. Then". */
const BEFORE_NUMBER = new Set('no nos fig figs sec ch chap vol pp p art tab eq s n kap bd abb anm cap'.split(' '));
/** Abbreviations that may end a sentence: only a lower-case start or a number after them goes on. */
const MAYBE = new Set(
  'etc inc ltd corp co usw u.s.w al dept est min max jan feb mar apr jun jul aug sep sept oct nov dec'.split(' '),
);

/** Abbreviations of several words, as they end: "z. B.", "d. h.", "т. е.". */
const SPACED =
  /(?:^|[\s(])(?:z\. ?B|d\. ?h|u\. ?a|i\. ?d\. ?R|s\. ?[ou]|v\. ?a|o\. ?ä|p\. ?(?:ex|ej)|т\. ?[екдпн])\.$/iu;

/** Whether the dot at the end of `before` belongs to an abbreviation, an initial or an ordinal. */
export function endsInAbbreviation(before: string, after: string): boolean {
  const word =
    /[\p{L}\p{M}.-]+(?=\.$)/u
      .exec(before)?.[0]
      .toLowerCase()
      .replace(/^[.-]+/, '') ?? '';
  if (ALWAYS.has(word) || SPACED.test(before)) return true;
  if (/(?:^|[\s(])\p{Ll}\.$/u.test(before) && /^\p{L}{1,2}\./u.test(after)) return true;
  if (BEFORE_NUMBER.has(word)) return /^[\p{Nd}§]/u.test(after);
  if (MAYBE.has(word)) return /^[\p{Ll}\p{Nd}]/u.test(after);
  // Initials ("J. Smith", "U.S. market"); a lone letter after a word is more often the end ("vitamin C.").
  if (/(?:^|[\s(.])\p{Lu}\.$/u.test(before))
    return (
      /(?:^|[\s(])(?:\p{Lu}\p{L}*\s+)?\p{Lu}\.$|\p{Lu}\.\p{Lu}\.$/u.test(before) &&
      !/^(The|A|An|In|It|This|We|If|For|Der|Die|Das)\b/.test(after)
    );
  // German and Nordic ordinals: "am 3. Mai", "der 2. Stock".
  return /(?:^|\s)(?:am|der|die|das|den|dem|vom|zum|im|ab|bis|seit|und|den)\s+\d{1,2}\.$/iu.test(before);
}
