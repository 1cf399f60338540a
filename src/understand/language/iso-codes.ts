/** ISO 639-3 codes as the trigram models have them, with the two letters of ISO 639-1. */
const TWO_LETTERS: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'afr:af als:sq amh:am arb:ar azj:az bel:be ben:bn bos:bs bul:bg cat:ca ces:cs cmn:zh dan:da deu:de ekk:et ell:el eng:en epo:eo ' +
    'est:et eus:eu fin:fi fra:fr glg:gl guj:gu hat:ht hau:ha heb:he hin:hi hrv:hr hun:hu hye:hy ibo:ig ind:id isl:is ita:it jav:jv ' +
    'jpn:ja kan:kn kat:ka kaz:kk khk:mn khm:km kin:rw kir:ky kor:ko lao:lo lin:ln lit:lt lug:lg lvs:lv mal:ml mar:mr mkd:mk mya:my ' +
    'nld:nl nno:nn nob:nb npi:ne nya:ny pan:pa pbu:ps pes:fa plt:mg pol:pl por:pt ron:ro run:rn rus:ru sag:sg sin:si slk:sk slv:sl ' +
    'sna:sn som:so sot:st spa:es srp:sr ssw:ss sun:su swe:sv swh:sw tam:ta tat:tt tel:te tgk:tg tgl:tl tha:th tir:ti tsn:tn tso:ts ' +
    'tuk:tk tur:tr uig:ug ukr:uk urd:ur uzn:uz ven:ve vie:vi wol:wo xho:xh ydd:yi yor:yo zlm:ms zul:zu'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);

/** The code itself where ISO 639-1 has none. */
export const iso6391 = (code: string): string => TWO_LETTERS[code] ?? code;
