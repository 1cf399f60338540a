import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../../src/retrieve/parse-query.ts';
import { addSamples, pathsOf } from '../sample-document.ts';
import { openTemporaryStore } from '../temporary-store.ts';

/** Puts the texts, one document each, and returns what a query finds in either full-text leg. */
function searchIn(texts: Readonly<Record<string, string>>): (query: string) => string[] {
  const store = openTemporaryStore();
  addSamples(
    store,
    Object.entries(texts).map(([path, text]) => ({ path, text })),
  );
  return (query) => {
    const parsed = parseQuery(query);
    const rows = [...store.searchWords(parsed, 50, {}), ...store.searchGrams(parsed, 50, {})];
    return pathsOf(store, rows).sort();
  };
}

describe('identifiers', () => {
  const find = () =>
    searchIn({
      camel: 'call getUserName() first',
      snake: 'set max_retry_count to 3',
      dotted: 'see config.server.port for it',
      acronym: 'the HTTPServerFactory starts',
      prose: 'nothing of the kind',
    });

  test('a camel-case name is found whole, by its parts and in any case', () => {
    const search = find();
    for (const query of ['getUserName', 'user name', 'getusername', 'GETUSERNAME'])
      expect(search(query)).toEqual(['camel']);
    expect(search('HTTPServerFactory')).toContain('acronym');
    for (const query of ['http factory', 'httpserverfactory']) expect(search(query)).toEqual(['acronym']);
  });

  test('words of a query in camel case find the name written apart', () => {
    expect(searchIn({ apart: 'the user name field' })('userName')).toEqual(['apart']);
  });

  test('snake case and dotted names are found whole and by their parts', () => {
    const search = find();
    for (const query of ['max_retry_count', 'retry', 'retry count']) expect(search(query)).toEqual(['snake']);
    for (const query of ['config.port', 'port']) expect(search(query)).toEqual(['dotted']);
    expect(search('config.server.port')).toContain('dotted');
    expect(search('server')).toEqual(['acronym', 'dotted']);
  });

  test('a phrase crosses the joints of an identifier', () => {
    expect(find()('"retry count"')).toEqual(['snake']);
    expect(find()('"server port"')).toEqual(['dotted']);
  });
});

describe('accents and word forms', () => {
  test('accents do not matter on either side', () => {
    const search = searchIn({
      with: 'Das Büro in Zürich',
      without: 'The office in Zurich',
      decomposed: 'Zu\u0308rich',
    });
    for (const query of ['Zürich', 'Zurich', 'zürich', 'Zu\u0308rich', 'ZÜRICH']) {
      expect(search(query)).toEqual(['decomposed', 'with', 'without']);
    }
  });

  test('Vietnamese, Polish and Czech letters with several marks fold too', () => {
    const search = searchIn({ vi: 'Việt Nam', cs: 'příliš žluťoučký kůň' });
    expect(search('Viet')).toEqual(['vi']);
    expect(search('zlutoucky')).toEqual(['cs']);
  });

  test('English word forms meet', () => {
    const search = searchIn({ a: 'expenses are reimbursed', b: 'cats' });
    expect(search('reimburse an expense')).toEqual(['a']);
    expect(search('cat')).toEqual(['b']);
  });
});

describe('marks that are letters', () => {
  test('Hindi vowel signs keep words apart', () => {
    const search = searchIn({ kal: 'वह कल आया', kala: 'यह काला है', kila: 'पुराना किला' });
    expect(search('कल')).toEqual(['kal']);
    expect(search('काला')).toEqual(['kala']);
    expect(search('किला')).toEqual(['kila']);
    expect(search('क')).toEqual([]);
  });

  test('Tamil and Bengali words are whole words', () => {
    const search = searchIn({ ta: 'தமிழ் மொழி', bn: 'বাংলা ভাষা' });
    expect(search('தமிழ்')).toEqual(['ta']);
    expect(search('ভাষা')).toEqual(['bn']);
    expect(search('தம')).toEqual([]);
  });

  test('Arabic is found with and without vowel points, tatweel and alef forms', () => {
    const search = searchIn({ plain: 'كتب محمد الرسالة', pointed: 'كَتَبَ مُحَمَّدٌ الرِّسَالَةَ', alef: 'إلى أحمد' });
    for (const query of ['محمد', 'مُحَمَّد', 'محـــمد']) expect(search(query)).toEqual(['plain', 'pointed']);
    expect(search('احمد')).toEqual(['alef']);
    expect(search('الرساله')).toEqual(['plain', 'pointed']);
  });

  test('Hebrew is found with and without points', () => {
    const search = searchIn({ plain: 'שלום עולם', pointed: 'שָׁלוֹם עוֹלָם' });
    expect(search('שלום')).toEqual(['plain', 'pointed']);
    expect(search('שָׁלוֹם')).toEqual(['plain', 'pointed']);
  });
});

describe('scripts without spaces', () => {
  test('Chinese words of two and more characters are found inside of sentences', () => {
    const search = searchIn({ tea: '我每天早上喜欢喝绿茶。', city: '北京是中国的首都', mixed: '使用Docker部署服务' });
    expect(search('绿茶')).toEqual(['tea']);
    expect(search('首都')).toEqual(['city']);
    expect(search('中国的首都在哪里')).toContain('city');
    expect(search('部署')).toEqual(['mixed']);
  });

  test('a single character is found wherever it stands', () => {
    const search = searchIn({
      first: '茶很好喝',
      middle: '我的茶很热',
      last: '我喜欢喝茶。',
      alone: '茶',
      none: '咖啡',
    });
    expect(search('茶')).toEqual(['alone', 'first', 'last', 'middle']);
  });

  test('a word in Latin letters that stands among Chinese is found, and finds', () => {
    const search = searchIn({ joined: '使用Docker部署服务', apart: 'docker compose', other: '部署' });
    expect(search('Docker')).toEqual(['apart', 'joined']);
    expect(search('用Docker怎么办')).toEqual(expect.arrayContaining(['apart', 'joined']));
  });

  test('Japanese in kanji, kana and half-width kana is found', () => {
    const search = searchIn({ kanji: '東京都庁で会議を行います', katakana: 'サーバーを再起動する', half: 'ｻｰﾊﾞｰ名' });
    expect(search('会議')).toEqual(['kanji']);
    expect(search('サーバー')).toEqual(['half', 'katakana']);
    expect(search('再起動')).toEqual(['katakana']);
  });

  test('Korean words are found without their endings', () => {
    const search = searchIn({ school: '학교에서 공부합니다', home: '집에서 쉽니다' });
    expect(search('학교')).toEqual(['school']);
    expect(search('공부')).toEqual(['school']);
    expect(search('집')).toEqual(['home']);
  });

  test('Thai words are found inside of a run, short ones too, and keep their vowel signs', () => {
    const search = searchIn({ tea: 'ฉันชอบดื่มชาร้อน', end: 'เขาขายชา', house: 'บ้านหลังนี้ใหญ่', village: 'บานประตู' });
    expect(search('ดื่ม')).toEqual(['tea']);
    expect(search('ชา')).toEqual(['end', 'tea']);
    expect(search('บ้าน')).toEqual(['house']);
    expect(search('ประตู')).toEqual(['village']);
  });

  test('characters outside the basic plane are found', () => {
    expect(searchIn({ rare: '𠮷野家で食べる', common: '吉野家' })('𠮷野')).toEqual(['rare']);
  });
});
