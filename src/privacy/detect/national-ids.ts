import type { Detector } from '../types.ts';
import { arCuit } from './national/ar-cuit.ts';
import { atSvnr } from './national/at-svnr.ts';
import { auMedicare } from './national/au-medicare.ts';
import { auTfn } from './national/au-tfn.ts';
import { beRrn } from './national/be-rrn.ts';
import { brCnpj } from './national/br-cnpj.ts';
import { brCpf } from './national/br-cpf.ts';
import { caSin } from './national/ca-sin.ts';
import { chAhv } from './national/ch-ahv.ts';
import { clRut } from './national/cl-rut.ts';
import { cnResidentId } from './national/cn-resident-id.ts';
import { dePersonalausweis } from './national/de-personalausweis.ts';
import { deTaxId } from './national/de-tax-id.ts';
import { dkCpr } from './national/dk-cpr.ts';
import { esDni } from './national/es-dni.ts';
import { fiHetu } from './national/fi-hetu.ts';
import { frNir } from './national/fr-nir.ts';
import { gbNhs } from './national/gb-nhs.ts';
import { gbNino } from './national/gb-nino.ts';
import { iePps } from './national/ie-pps.ts';
import { ilId } from './national/il-id.ts';
import { inAadhaar } from './national/in-aadhaar.ts';
import { inPan } from './national/in-pan.ts';
import { itCodiceFiscale } from './national/it-codice-fiscale.ts';
import { jpMyNumber } from './national/jp-my-number.ts';
import { krRrn } from './national/kr-rrn.ts';
import { mxCurp } from './national/mx-curp.ts';
import { nlBsn } from './national/nl-bsn.ts';
import { noFnr } from './national/no-fnr.ts';
import { plPesel } from './national/pl-pesel.ts';
import { ptNif } from './national/pt-nif.ts';
import { sePersonnummer } from './national/se-personnummer.ts';
import { trTckn } from './national/tr-tckn.ts';
import { usSsn } from './national/us-ssn.ts';
import { zaId } from './national/za-id.ts';
import type { NumberRule } from './number-rule.ts';
import { numberDetector } from './numbers.ts';
import { type PatternRule, patternDetector } from './pattern-rule.ts';

const NUMBERS: readonly NumberRule[] = [
  arCuit,
  atSvnr,
  auMedicare,
  auTfn,
  beRrn,
  brCnpj,
  brCpf,
  caSin,
  chAhv,
  deTaxId,
  dkCpr,
  gbNhs,
  ilId,
  inAadhaar,
  jpMyNumber,
  krRrn,
  nlBsn,
  noFnr,
  plPesel,
  ptNif,
  sePersonnummer,
  trTckn,
  usSsn,
  zaId,
];

const PATTERNS: readonly PatternRule[] = [
  clRut,
  cnResidentId,
  dePersonalausweis,
  esDni,
  fiHetu,
  frNir,
  gbNino,
  iePps,
  inPan,
  itCodiceFiscale,
  mxCurp,
];

/** Numbers that states give to people. */
export const nationalIds: readonly Detector[] = [
  numberDetector('national-id', NUMBERS),
  ...PATTERNS.map(patternDetector),
];
