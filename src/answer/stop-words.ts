/**
 * Words that carry no subject: function words and the words that questions are built of, folded as `foldWord` folds.
 * One set for all languages: a word that is empty in one and full in another ("die", "war") is left in where it would
 * be the rarer loss. Compiled from the closed word classes of each language.
 */
const lists: Readonly<Record<string, string>> = {
  en: `a an the and or but if then than that this these those it its is are was were be been being am do does did done
    doing have has had having i me my mine we us our ours you your yours he him his she her hers they them their theirs
    of in on at by for with from to into onto about as not no nor so too very can could may might must shall should will
    would what which who whom whose when where why how many much long often there here any some all each per between
    during before after under over up down out off again please tell give explain describe say says mean means get gets
    got one whether also such only own same just most least s t`,
  de: `der die das den dem des ein eine einen einem einer eines und oder aber wenn dann als dass dies dieser diese dieses
    es ist sind war waren sein bin bist wird werden wurde wurden hat haben hatte hatten ich mich mir mein meine meinen wir
    uns unser unsere du dich dir dein deine sie ihn ihm ihr ihre ihren er man von im in am an auf bei fur mit aus zu zum
    zur nach uber unter vor um durch gegen ohne bis seit ab nicht kein keine keinen nur auch noch schon sehr kann konnen
    darf durfen muss mussen soll sollen will wollen was welche welcher welches welchen welchem wer wen wem wessen wann wo
    wohin woher warum wieso weshalb wie viel viele vielen lange hoch oft gibt es da hier pro je sich so`,
  fr: `le la les un une des du de d l et ou mais si que qu qui quoi dont ce cet cette ces il elle on nous vous ils elles je
    tu me te se moi toi lui leur leurs mon ma mes ton ta tes son sa ses notre nos votre vos est sont etait etaient etre
    sera ete ai as a avons avez ont avait avoir y en au aux dans sur sous par pour avec sans chez entre vers ne pas plus
    non quel quelle quels quelles quand ou comment pourquoi combien peut peuvent doit doivent faut fait tout tous toute`,
  es: `el la los las un una unos unas lo al del de y e o u pero si que quien quienes cual cuales cuyo este esta estos estas
    ese esa eso esto es son era eran ser fue fueron esta estan estar hay he ha han habia tener tiene tienen yo tu el ella
    nosotros ustedes ellos me te se nos mi mis su sus en con por para sin sobre entre desde hasta a no ni mas muy cuando
    donde como cuanto cuanta cuantos cuantas porque puede pueden debe deben cada todo todos`,
  it: `il lo la i gli le un uno una di del dello della dei degli delle a al allo alla ai agli alle da dal dalla in nel nella
    nei con su sul sulla per tra fra e o ma se che chi cui quale quali questo questa questi queste e sono era erano essere
    ha hanno ho abbiamo io tu lui lei noi voi loro mi ti si ci vi non piu quando dove come perche quanto quanta quanti
    quante puo possono deve devono ogni`,
  pt: `o a os as um uma uns umas de do da dos das em no na nos nas por pelo pela para com sem sobre entre e ou mas se que
    quem qual quais este esta estes estas esse essa isso isto e sao era eram ser foi foram esta estao ha tem tinha ter eu
    tu ele ela nos eles elas me te se meu minha seu sua nao mais quando onde como quanto quanta quantos quantas pode podem
    deve devem cada`,
  nl: `de het een en of maar als dan dat die dit deze is zijn was waren wordt worden ben bent heeft hebben had ik mij mijn
    wij we ons onze jij je jouw u uw hij hem haar zij ze hun van in op aan bij voor met uit naar over onder door tegen
    zonder tot niet geen ook nog wel zeer kan kunnen mag moet moeten zal wat welke wie wiens wanneer waar waarom hoe veel
    vaak er hier per om te`,
  nordic: `og i jeg det at en et den til er som pa de med han av ikke der var meg seg men ett har om vi min mitt ha hun na
    da ved fra du ut sin dem oss opp kan hva hvem hvor hvilken hvilket nar hvordan hvorfor mange mye att och jag som inte
    ar for vad vem vilken vilket hur varfor manga mycket ska skal vil`,
  pl: `i w z na do nie to jest sa sie o od po za przez dla przy ze ale czy jak ktory ktora ktore co kto kogo kiedy gdzie
    dlaczego ile jaki jaka jakie moze musi byc byl byla ma maja`,
  ru: `и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по ее мне было от меня еще нет о из ему
    когда ли если или ни быть был была были него до вас вам нас для мы тебя их чем есть кто где куда какой какая какое
    какие каков почему зачем сколько это этот эта эти тот при об без под над может можно должен нужно`,
  uk: `і й та в у на не що як з із до від за для це цей ця ці є був була були хто де куди коли чому скільки який яка яке які`,
  el: `ο η το οι τα του της των τον την ενα μια και να σε με για απο που πως τι ποιος ποια ποιο ποτε ποσο ποσα ειναι ηταν`,
  tr: `ve ile bir bu su o da de mi mu icin ne kim nerede nasil neden niye hangi kac kadar var yok olan olarak`,
  ar: `في من على إلى الى عن مع هو هي هم ما ماذا متى أين اين كيف كم هل لماذا هذا هذه ذلك التي الذي كان كانت يكون أن ان
    إن و أو او لا لم لن قد كل بين بعد قبل عند أي اي`,
  he: `של את על עם אל מה מי מתי איפה היכן איך כמה למה מדוע האם הוא היא הם זה זו לא כי או גם יש אין`,
  fa: `از به در با را که این آن و یا است بود برای چه چی کی کجا چگونه چطور چند چرا هر تا`,
  hi: `का के की को में से पर और या है हैं था थे थी हो होता होती होते एक यह वह ये वे इस उस इन उन ने तक भी नहीं क्या कौन कब कहाँ
    कहां क्यों कैसे कितना कितने कितनी किस किसने किसके किसकी जो तो ही कर करने लिए साथ गया गई द्वारा मुझे मेरे मेरी हम हमें आप आपको`,
  zh: `的 了 和 与 及 或 在 是 有 我 你 他 她 它 我们 你们 他们 这 那 这个 那个 哪 哪个 哪些 什么 谁 何 何时 几时 时候 哪里 哪儿 怎么 怎样 如何 为什么 多少 几 吗
    呢 吧 啊 就 都 也 还 很 不 没 没有 把 被 对 从 到 为 以 于 其 之 而 但 并 会 能 可以 应该 请 请问 中 上 下 里 個 這 個 誰 嗎 為`,
  ja: `の は が を に へ と で も や から まで より て た だ です ます でした ました する した して いる いた ある あった れる られる ない なかった
    何 なに なん 誰 だれ いつ どこ どの どれ どう どのよう なぜ いくつ いくら これ それ あれ この その あの こと もの ため よう か ね よ さん
    という として について ください 教え`,
  ko: `은 는 이 가 을 를 의 에 에서 에게 로 으로 와 과 도 만 부터 까지 그 이것 그것 저 무엇 누구 누가 언제 어디 어디서 어떻게 왜 몇 얼마 얼마나
    무슨 어떤 입니까 인가요 있나요 합니까 하나요 됩니까 되나요 있습니까 있는 하는 되는 및 또는`,
  th: `ที่ และ หรือ ใน ของ เป็น คือ มี ได้ ให้ จะ ไม่ กับ จาก ไป มา ว่า นี้ นั้น อะไร ใคร เมื่อไร เมื่อไหร่ ที่ไหน อย่างไร ทำไม เท่าไร เท่าไหร่ กี่ ครับ ค่ะ ไหม การ ความ`,
  vi: `la cua va co cho voi khong duoc trong nay do nhung cac mot khi nao o dau ai gi sao bao nhieu the`,
  id: `yang dan di ke dari untuk dengan pada adalah itu ini atau tidak apa siapa kapan bagaimana mengapa berapa mana`,
};

export const stopWords: ReadonlySet<string> = new Set(Object.values(lists).join(' ').split(/\s+/));
