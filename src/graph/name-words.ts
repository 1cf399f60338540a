/** Lower-case words that stand inside names. */
export const connectors: ReadonlySet<string> = new Set(
  'of the de van von der den del della di da do dos du la le las los el al bin ibn ben y e et und and & for zu zum zur ten ter af av och og st'.split(
    ' ',
  ),
);

/** Never the end of what a connector joins, so that "Meet John of" ends at "John". Words that join two names as often as one. */
export const looseConnectors: ReadonlySet<string> = new Set('and & et und y e och og for'.split(' '));

/** Capitalised only because a sentence begins with them, or said of nobody in particular. */
export const sentenceStarters: ReadonlySet<string> = new Set(
  `a about above according across after again against all along also although am among an and another any anyone are around as at be
  because been before being below between both but by can cannot could did do does doing down during each either even every few finally
  first following for from further had has have having he her here hers him his how however i if in indeed instead into is it its itself
  just last later let like many may maybe me meanwhile might more moreover most much must my near neither never next no nor not nothing now of
  off often on once one only onto or other others our out over own per perhaps please rather second see several shall she should
  since so some someone something sometimes soon still such than that the their them then there therefore these they this those though three through thus to
  together too toward two under unlike until up upon us use used using very via was we were what when where whether which while who whom whose why
  will with within without would yes yet you your der die das den dem des ein eine einen einer und oder aber wenn dann als dass
  dies dieser diese es ist sind war im in am an auf bei für mit aus zu zum zur nach über unter vor um durch sie er wir ihr man hier
  le la les un une des du et ou mais il elle on nous vous ils elles dans sur pour par avec sans ce cet cette ces
  el los las una unos y o pero en con por para como se lo su sus il lo gli di del della e ma per nel nella questo questa
  note notes example examples figure table chapter section page step steps warning important todo yes no ok`
    .trim()
    .split(/\s+/),
);

/** Titles of persons, no part of their names. */
export const honorifics: ReadonlySet<string> = new Set('mr mrs ms miss dr prof professor sir herr frau'.split(' '));

/** Followed by a full stop that ends no sentence. */
export const abbreviations: ReadonlySet<string> = new Set(
  'mr mrs ms dr prof st jr sr gen col lt sgt capt rev hon mt ft vs no dept bros'.split(' '),
);

export const months: ReadonlyMap<string, number> = new Map(
  `january february march april may june july august september october november december
   jan feb mar apr may jun jul aug sep oct nov dec
   januar februar märz april mai juni juli august september oktober november dezember
   janvier février mars avril mai juin juillet août septembre octobre novembre décembre
   enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre`
    .trim()
    .split(/\s*\n\s*/)
    .flatMap((line) => line.split(' ').map((word, i) => [word, i + 1] as const)),
);
