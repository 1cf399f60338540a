import { type Term, termsOf } from './text-terms.ts';

/** Words that may come and go without a change of what is said: articles, forms of "be", "also". */
const FREE_WORDS = new Set(
  `a an the is are was were be been also der die das den dem des ein eine einen einem einer ist sind war waren le la les l
  un une est sont el los las una es son il lo gli uno e sono o os as um uma sao de het een is zijn`.split(/\s+/),
);

/** Words that turn what is said into its opposite. */
const NEGATIONS = new Set(
  `not no never nor none neither without cannot except unless dont doesnt didnt isnt arent wasnt werent wont cant nicht
  kein keine keinen keiner nie niemals ohne ne pas jamais sans non aucun aucune nunca sin ni nao sem mai senza niet geen
  nooit zonder`.split(/\s+/),
);

/** Below this a sentence is in too many texts. */
const MIN_WORDS = 3;

/** What a sentence says, word by word: stems, without the words that may come and go. */
export type WordSequence = { readonly stems: readonly string[]; readonly negations: number };

export function wordSequence(text: string): WordSequence {
  const words = termsOf(text).filter(({ word }) => !FREE_WORDS.has(word));
  return { stems: words.map(({ stem }) => stem), negations: words.filter(isNegation).length };
}

const isNegation = ({ word }: Term): boolean => NEGATIONS.has(word.replace(/['’]/g, '')) || /n['’]t$/.test(word);

/**
 * Whether a sentence says, word for word but for inflection, articles and "be", a run of what `text` says. False for fewer
 * than three words, and where `text` denies something that the sentence does not.
 */
export function standsIn(sentence: WordSequence, text: WordSequence): boolean {
  const { stems } = sentence;
  if (stems.length < MIN_WORDS || sentence.negations !== text.negations) return false;
  for (let at = 0; at + stems.length <= text.stems.length; at++) {
    if (stems.every((stem, index) => text.stems[at + index] === stem)) return true;
  }
  return false;
}
