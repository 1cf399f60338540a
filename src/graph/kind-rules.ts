import type { EntityKind } from './entity-kinds.ts';

/** Where the word stands that decides: within the name, right before or after it, or the name as a whole. */
type Place = 'first word' | 'last word' | 'word before' | 'word after' | 'whole name' | 'any word';

type KindRule = { readonly kind: EntityKind; readonly where: Place; readonly words: ReadonlySet<string> };

const rule = (kind: EntityKind, where: Place, words: string): KindRule => ({
  kind,
  where,
  words: new Set(words.trim().split(/\s*,\s*|\s*\n\s*/)),
});

/** The first rule that holds decides. All words in lower case. */
export const kindRules: readonly KindRule[] = [
  rule(
    'place',
    'whole name',
    `afghanistan, africa, albania, algeria, america, argentina, armenia, asia, australia, austria, bangladesh, belarus, belgium, berlin,
    bolivia, brazil, bulgaria, california, cambodia, canada, chicago, chile, china, colombia, croatia, cuba, cyprus, denmark, deutschland, ecuador,
    england, estonia, ethiopia, europe, finland, egypt, florida, france, georgia, germany, ghana, greece, hungary, iceland, india, indonesia,
    iran, iraq, ireland, israel, italy, japan, jordan, kenya, korea, latvia, lebanon, libya, lithuania, london, los angeles, luxembourg,
    malaysia, malta, mexico, moldova, mongolia, morocco, moscow, munich, nepal, netherlands, new york, new york city, new zealand, nigeria,
    north korea, norway, pakistan, panama, paris, peru, philippines, poland, portugal, prague, qatar, romania, rome, russia, san francisco, saudi arabia,
    scotland, serbia, seattle, singapore, slovakia, slovenia, somalia, south africa, south korea, soviet union, spain, sudan, sweden, switzerland, sydney,
    syria, taiwan, texas, thailand, tokyo, toronto, tunisia, turkey, uganda, uk, ukraine, united kingdom, united states, uruguay, us, usa,
    venezuela, vienna, vietnam, wales, washington, yemen, zürich, hamburg, köln, frankfurt, amsterdam, brussels, madrid, lisbon, dublin, boston`,
  ),
  rule(
    'organisation',
    'last word',
    `inc, ltd, llc, llp, plc, corp, corporation, company, co, gmbh, ag, kg, se, sa, sarl, srl, spa, bv, nv, oy, ab,
    university, college, school, institute, academy, hospital, bank, ministry, department, agency, authority, commission, committee,
    council, association, society, foundation, federation, union, league, party, parliament, senate, congress, court, police,
    group, holdings, industries, records, studios, pictures, entertainment, productions, press, museum, orchestra, band, club, fc,
    airlines, airways, railway, railways, army, navy, team, partners, ventures, labs, laboratory, laboratories, bureau, church`,
  ),
  rule(
    'event',
    'last word',
    `war, battle, festival, cup, championship, championships, olympics, games, conference, summit, revolution, election,
    elections, awards, award, prize, tournament, expo, crisis, treaty, siege, riots, rebellion, marathon, derby`,
  ),
  rule('event', 'first word', 'battle, treaty, siege'),
  rule(
    'organisation',
    'first word',
    `university, institute, ministry, department, bank, college, academy, board, office, bureau, universität, université, hochschule`,
  ),
  rule(
    'place',
    'last word',
    `city, town, village, county, state, province, district, region, island, islands, river, lake, sea, ocean, bay, mountain,
    mountains, mount, valley, park, forest, desert, street, road, avenue, boulevard, square, bridge, airport, station, port, harbor, harbour,
    beach, hills, castle, palace, stadium, arena, tower, republic, kingdom, straße, strasse, platz, creek, falls, canyon, peninsula`,
  ),
  rule(
    'place',
    'first word',
    'lake, mount, river, cape, fort, saint-, rio, república, republic, kingdom, isle, gulf, bay, port',
  ),
  rule(
    'person',
    'word before',
    `mr, mrs, ms, miss, dr, prof, professor, sir, lord, lady, president, senator, king, queen, prince, princess, pope, saint,
    general, colonel, captain, major, judge, justice, herr, frau, señor, señora, monsieur, madame, actor, actress, singer, director, author, ceo, minister`,
  ),
  rule(
    'person',
    'first word',
    `mr, mrs, ms, miss, dr, prof, professor, sir, lord, lady, king, queen, prince, princess, pope, herr, frau, president, senator,
    adam, alan, albert, alex, alexander, alfred, alice, amy, andrea, andrew, angela, ann, anna, anne, anthony, antonio, arthur, barbara, ben, benjamin,
    betty, bill, bob, brian, bruce, carl, carlos, carol, caroline, catherine, charles, charlie, chris, christian, christine, christopher, claire, claude,
    clara, dan, daniel, david, dennis, diana, donald, dorothy, douglas, edgar, edward, elena, elizabeth, ella, emily, emma, eric, ernest, eva, evelyn,
    florence, francis, francisco, frank, franz, fred, frederick, friedrich, gary, george, gerald, giovanni, giuseppe, grace, greg, hannah, hans, harold,
    harry, heinrich, helen, helena, henri, henry, howard, hugh, ian, irene, isaac, isabel, ivan, jack, jacob, jacques, james, jan, jane, janet, jason, jean,
    jeff, jennifer, jessica, jim, joan, joe, johann, john, johnny, jon, jonathan, jorge, jose, josé, josef, joseph, juan, judy, julia, julian, julie, karen,
    karl, kate, katherine, keith, kelly, ken, kenneth, kevin, larry, laura, lee, leo, leon, leonard, lewis, linda, lisa, louis, louise, lucas, lucy, luis,
    luke, margaret, maria, marie, mark, martha, martin, mary, matt, matthew, max, michael, michel, miguel, mike, nancy, natalie, neil, nicholas, nick, nina,
    olga, oliver, oscar, otto, pablo, pamela, patricia, patrick, paul, pedro, peter, philip, pierre, rachel, ralph, ray, raymond, rebecca, richard, robert,
    robin, roger, ronald, rosa, rose, roy, ruth, ryan, sam, samuel, sandra, sarah, scott, sean, sebastian, sharon, simon, sofia, sophie, stephen, steve,
    steven, stuart, susan, sylvia, ted, teresa, theodore, thomas, tim, timothy, tom, tony, victor, victoria, vincent, virginia, walter, wayne, wilhelm,
    william, yuri`,
  ),
  rule(
    'person',
    'word after',
    `said, says, asked, asks, wrote, writes, told, replied, answered, joined, retired, resigned, born, died, married, studied,
    thinks, thought, explained, argued, believes, attended, graduated, sagte, sagt, schrieb, fragte`,
  ),
  rule(
    'work',
    'last word',
    'album, film, movie, novel, song, series, trilogy, symphony, concerto, opera, magazine, journal, newspaper, times, herald, tribune, gazette',
  ),
  rule(
    'product',
    'any word',
    'iphone, ipad, macbook, windows, linux, android, ubuntu, boeing, airbus, playstation, xbox, galaxy, pixel, thinkpad',
  ),
];

const lastWordOnly = /[\p{L}\p{N}]+$/u;
const firstWordOnly = /^[\p{L}\p{N}]+/u;

/** Kind of a run of capitalised words. `before` and `after` are the words around it, in lower case, or empty. */
export function kindOfName(name: string, before: string, after: string): EntityKind {
  if (name.includes('_')) return 'symbol';
  const lower = name.toLowerCase();
  const first = firstWordOnly.exec(lower)?.[0] ?? '';
  const last = lastWordOnly.exec(lower)?.[0] ?? '';
  const isOneWord = first.length === lower.length;
  for (const { kind, where, words } of kindRules) {
    if (where === 'whole name' ? words.has(lower) : where === 'word before' ? words.has(before) : false) return kind;
    if (isOneWord) continue;
    if (where === 'word after' && words.has(after)) return kind;
    if (where === 'first word' && words.has(first)) return kind;
    if (where === 'last word' && words.has(last)) return kind;
    if (where === 'any word' && (words.has(first) || words.has(last))) return kind;
  }
  if (/^\p{Lu}[\p{Lu}\p{N}&]{1,7}$/u.test(name)) return 'acronym';
  if (/\p{L}\d|\d$|\p{Ll}\p{Lu}/u.test(name)) return 'product';
  return 'name';
}
