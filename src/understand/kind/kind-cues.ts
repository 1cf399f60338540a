import type { DocumentKind } from '../types.ts';

const list = (cues: string): readonly string[] => cues.split('|').map((cue) => cue.trim());

/**
 * Words of file names, titles and first headings that name the kind, in English, German, French, Spanish, Italian,
 * Portuguese and Dutch. Lower case, of up to four words.
 */
export const NAME_CUES: Readonly<Partial<Record<DocumentKind, readonly string[]>>> = {
  changelog: list(
    'changelog|change log|changes|release notes|releases|history|news|versionshinweise|änderungsprotokoll|notes de version',
  ),
  contract: list(
    'contract|agreement|nda|lease|vertrag|mietvertrag|arbeitsvertrag|kaufvertrag|vereinbarung|contrat|contrato|contratto|overeenkomst|terms of service|terms and conditions|agb|eula',
  ),
  cv: list('cv|resume|résumé|curriculum vitae|lebenslauf|hoja de vida'),
  faq: list(
    'faq|faqs|frequently asked questions|häufige fragen|häufig gestellte fragen|foire aux questions|preguntas frecuentes|domande frequenti|perguntas frequentes|veelgestelde vragen',
  ),
  form: list('form|application form|formular|antrag|formulaire|formulario|modulo|formulier|questionnaire|fragebogen'),
  invoice: list('invoice|rechnung|facture|factura|fattura|fatura|factuur|receipt|quittung|credit note|gutschrift'),
  letter: list('letter|cover letter|anschreiben|brief|lettre|carta|lettera'),
  manual: list(
    'manual|handbook|user guide|guide|how to|howto|tutorial|getting started|quickstart|quick start|instructions|runbook|playbook|readme|installation|install|handbuch|anleitung|bedienungsanleitung|mode d emploi|manuel|guía|manuale|handleiding|cookbook|troubleshooting',
  ),
  minutes: list(
    'minutes|meeting minutes|meeting notes|standup|protokoll|sitzungsprotokoll|besprechungsprotokoll|compte rendu|procès verbal|acta|verbale|ata|notulen|retro|retrospective',
  ),
  notes: list('notes|note|notizen|journal|diary|todo|todos|to do|scratch|ideas|notas|appunti|zettel|daily'),
  paper: list('paper|preprint|thesis|dissertation|article|abstract'),
  policy: list(
    'policy|policies|guideline|guidelines|code of conduct|regulations|rules|richtlinie|ordnung|satzung|politique|règlement|política|reglamento|beleid|compliance|privacy notice|datenschutzerklärung',
  ),
  presentation: list('presentation|slides|deck|präsentation|présentation|presentación|keynote|talk'),
  report: list(
    'report|annual report|quarterly report|bericht|jahresbericht|geschäftsbericht|rapport|informe|relazione|relatório|verslag|analysis|postmortem|post mortem|case study|audit',
  ),
  specification: list(
    'specification|spec|specs|rfc|requirements|api reference|reference|design document|design doc|architecture|adr|spezifikation|lastenheft|pflichtenheft|spécification|especificación|protocol|standard|schema',
  ),
};

/** Words of the text itself; each counts once, so that several must come together. */
export const TEXT_CUES: Readonly<Partial<Record<DocumentKind, readonly string[]>>> = {
  changelog: list(
    'breaking changes|bug fixes|changelog|unreleased|deprecated|release date|keep a changelog|semantic versioning|bugfixes|new features|fixed|added|changed|removed',
  ),
  contract: list(
    'hereinafter|hereby|whereas|in witness whereof|governing law|this agreement|the parties|force majeure|termination|indemnify|confidentiality|severability|entire agreement|nachfolgend|vertragspartei|vertragsparteien|gerichtsstand|kündigungsfrist|salvatorische klausel|§ 1|les parties|le présent contrat|ci après|las partes|el presente contrato|le parti|il presente contratto|as partes|o presente contrato|tenant|landlord|licensor|licensee|mieter|vermieter|arbeitnehmer|arbeitgeber',
  ),
  cv: list(
    'work experience|professional experience|education|skills|references|languages|employment history|date of birth|linkedin|berufserfahrung|ausbildung|kenntnisse|sprachkenntnisse|geburtsdatum|expérience professionnelle|formation|compétences|experiencia laboral|formación|habilidades|esperienza lavorativa|hobbies|interests|bachelor|master',
  ),
  form: list(
    'please fill in|please complete|signature|date of birth|first name|last name|surname|postal code|bitte ausfüllen|unterschrift|vorname|nachname|postleitzahl|zutreffendes ankreuzen|tick|veuillez remplir|prénom|rellene|firma|nombre y apellidos|for office use only|check all that apply',
  ),
  invoice: list(
    'invoice number|invoice no|invoice date|bill to|amount due|total due|subtotal|payment terms|due date|unit price|vat|tax id|iban|quantity|balance due|rechnungsnummer|rechnungsdatum|rechnungsbetrag|zahlungsziel|mwst|ust|zwischensumme|gesamtbetrag|steuernummer|einzelpreis|menge|numéro de facture|date de facture|montant|tva|total ttc|factura n|número de factura|iva|importe|base imponible|numero fattura|imponibile|partita iva|totale|nif|factuurnummer|btw',
  ),
  letter: list(
    'dear|dear sir|dear madam|yours sincerely|yours faithfully|kind regards|best regards|sincerely|to whom it may concern|sehr geehrte|sehr geehrter|mit freundlichen grüßen|hochachtungsvoll|cher|chère|cordialement|veuillez agréer|estimado|estimada|atentamente|egregio|gentile|distinti saluti|cordiali saluti|atenciosamente|geachte|met vriendelijke groet',
  ),
  manual: list(
    'step 1|step 2|click|press|prerequisites|install|installation|configure|how to|troubleshooting|usage|make sure|run the|follow these steps|warning|getting started|schritt 1|klicken sie|drücken sie|vorsicht|achtung|installieren|cliquez|appuyez|étape 1|haga clic|pulse|paso 1|fare clic|klik op',
  ),
  minutes: list(
    'attendees|present|apologies|absent|action items|agenda|adjourned|next meeting|minutes|motion|seconded|teilnehmer|anwesend|abwesend|tagesordnung|beschluss|nächste sitzung|protokollführer|top 1|participants|ordre du jour|présents|prochaine réunion|asistentes|orden del día|próxima reunión|presenti|ordine del giorno|aanwezig|decisions|owner',
  ),
  paper: list(
    'abstract|introduction|related work|methodology|methods|results|discussion|conclusion|conclusions|references|et al|acknowledgements|doi|arxiv|keywords|we propose|p value|dataset|zusammenfassung|literaturverzeichnis|résumé|bibliographie|materials and methods|hypothesis',
  ),
  policy: list(
    'policy|scope|purpose|compliance|must not|employees must|responsibilities|violation|violations|approved by|effective date|review date|applies to all|prohibited|disciplinary action|geltungsbereich|zuständigkeit|mitarbeitende|verboten|verstöße|inkrafttreten|champ d application|responsabilités|alcance|employees are|entitled',
  ),
  report: list(
    'executive summary|findings|recommendations|key figures|fiscal year|quarter|revenue|year over year|root cause|background|overview|q1|q2|q3|q4|zusammenfassung|ergebnisse|empfehlungen|umsatz|geschäftsjahr|quartal|berichtszeitraum|synthèse|recommandations|chiffre d affaires|resumen ejecutivo|recomendaciones|timeline|impact|lessons learned|net income',
  ),
  specification: list(
    'shall|must|should|conforming|normative|non normative|requirements|endpoint|endpoints|request body|response body|parameters|interface|schema|protocol|rfc 2119|acceptance criteria|use case|anforderungen|schnittstelle|muss',
  ),
};

/** Text cues that alone say much. */
export const STRONG_CUES: ReadonlySet<string> = new Set(
  list(
    'invoice number|invoice no|invoice date|bill to|amount due|rechnungsnummer|rechnungsdatum|numéro de facture|número de factura|numero fattura|factuurnummer|in witness whereof|hereinafter|vertragsparteien|le présent contrat|el presente contrato|il presente contratto|action items|ordre du jour|orden del día|tagesordnung|yours sincerely|yours faithfully|mit freundlichen grüßen|sehr geehrte|sehr geehrter|work experience|professional experience|employment history|berufserfahrung|expérience professionnelle|experiencia laboral|executive summary|keep a changelog|breaking changes|for office use only|bitte ausfüllen|abstract|related work|rfc 2119|employees must|applies to all|frequently asked questions|attendees|follow these steps',
  ),
);
