const list = (words: string): readonly string[] => words.split(' ');

/**
 * Words that make up much of any text in a language, those that no other language here has so often where there are such.
 * From grammars and frequency lists; the first thirty or so of each are enough.
 */
export const FUNCTION_WORDS: Readonly<Record<string, readonly string[]>> = {
  en: list(
    'the of and to in is that for it with as was be on by this are from at or an have not which you were their but has been its',
  ),
  de: list(
    'der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer',
  ),
  fr: list(
    'le de la et les des en un une du est que dans pour qui par au sur pas plus ce avec sont il se ne cette ou été aux',
  ),
  es: list(
    'el de la que y en los del las se por con para una su al es lo como más pero sus fue este entre cuando muy sin sobre también',
  ),
  it: list(
    'di che il la e per un in una è del della con non sono dei le si da alla al nel come anche più gli delle ha questo essere dal',
  ),
  pt: list(
    'de que e o do da em um para com não uma os no se na por mais as dos como mas ao das foi são também pela pelo seu',
  ),
  nl: list(
    'de van het een en in is dat op te zijn met voor niet die aan er om ook als bij door uit naar maar wordt worden deze',
  ),
  da: list(
    'og i at det er en til af den på for med de som ikke der har et var fra om men eller vi blev blive efter ved kan hvad',
  ),
  nb: list(
    'og i det er på til som en for av at med de ikke den har om et fra var men seg han ble blir etter ved kan hva mellom',
  ),
  sv: list(
    'och i att det som en på är av för med den till inte har de ett om var men från så eller vid kan också efter när sig',
  ),
  fi: list(
    'ja on ei että se oli hän mutta ovat kun myös joka mukaan tai kuin sen ole jos niin vain jo sekä voi hänen olla',
  ),
  pl: list('w i na z do nie się jest że o to jak przez po za dla od są oraz był ale ze jego tym może który przed być'),
  cs: list('a v se na je že s z do to o i ve pro jako by za byl ale po které jsou si od který aby jeho bylo nebo'),
  sk: list('a v sa na je že s z do to o aj vo pre ako by za bol ale po ktoré sú si od ktorý aby jeho bolo alebo'),
  hu: list(
    'a az és hogy nem is egy ez meg volt de csak van már mint vagy még azt ha ki el kell lehet után által között',
  ),
  ro: list('de și în a la cu pe din care nu o că este un sau mai pentru se ca au fost prin al lui dar sunt după acest'),
  tr: list('ve bir bu da de için ile olarak çok daha olan gibi en sonra kadar ne her ki değil olduğu ancak ya veya'),
  id: list(
    'yang dan di dengan untuk pada dari ini itu dalam tidak adalah ke akan oleh juga sebagai atau ada karena dapat telah',
  ),
  vi: list('của và là các có trong được cho không với một những này đã người để từ khi đến ở như về ra nhiều'),
  ca: list('de la el i que a en els les un una per del és amb al es no com més dels són va seva aquest també'),
  ru: list('и в не на что с по как это из для от к его но был за то при а или так же были она они является'),
  uk: list('і в не на що з та у до як це за від для його але був про є або так із які він вона вони було'),
  bg: list('на и в за от се да с са е по не че като до при това които или си но към през'),
  ar: list('في من على إلى أن التي الذي عن مع هذا هذه كان ما لا بين كما بعد ذلك أو قد وقد كانت'),
  fa: list('و در به از که این را با است برای آن یک می های شد بود تا بر شده خود ها'),
  ur: list('کے میں کی ہے اور سے کا کو اس پر نے کہ ہیں جو یہ بھی ایک تھا ہو'),
  hi: list('के में की है और से का को पर यह ने कि हैं एक भी इस था लिए नहीं जो हो'),
  mr: list('आणि आहे या च्या ने हे ते मध्ये होते ही आहेत एक केले व तो असे'),
  ne: list('र को मा छ का यो ले हो लाई थियो पनि छन् भएको गरेको एक'),
};
