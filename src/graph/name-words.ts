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
  right okay yeah well note notes example examples figure table chapter section page step steps warning important todo yes no ok`
    .trim()
    .split(/\s+/),
);

/**
 * Alone they name nothing that documents share: days, months, languages and peoples, currencies, units, what is said
 * before an answer. Inside longer names they stay.
 */
export const emptyNames: ReadonlySet<string> = new Set(
  `monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays
  january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
  montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni juli oktober dezember
  lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo
  english french german italian spanish portuguese dutch swedish norwegian danish finnish polish czech russian ukrainian greek turkish arabic
  hebrew hindi chinese japanese korean thai vietnamese latin british american canadian australian irish scottish welsh indian pakistani
  european african asian mexican brazilian argentine swiss austrian belgian hungarian romanian bulgarian serbian croatian iranian iraqi
  israeli egyptian nigerian kenyan americans germans britons canadians russians indians christian jewish muslim catholic protestant islamic
  eur usd gbp chf jpy cny inr aud cad nzd sek nok dkk pln czk huf try zar brl mxn krw hkd sgd euro euros dollar dollars
  am pm bc ad ok okay yeah yep yes no nope oh uh um uhm mm mmm mhm hm hmm mm-hmm uh-huh ah aha er huh well right alright sure thanks thank hello hi hey
  please sorry really actually basically good great exactly anyway mr mrs ms miss dr prof sir madam hon given due today yesterday tomorrow
  january's i'm i'd i've i'll it's that's there's he's she's we're we've they're you're don't didn't let's what's
  kg km cm mm ml mb gb kb tb hz khz mhz ghz kw mw pdf html url http https www ii iii iv vi vii viii ix xi xii`
    .trim()
    .split(/\s+/),
);

/** Titles of persons, no part of their names. */
export const honorifics: ReadonlySet<string> = new Set(
  'mr mrs ms miss dr prof professor sir herr frau hon rev capt lt sgt col'.split(' '),
);

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
