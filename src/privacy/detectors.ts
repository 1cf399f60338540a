import { birthDate } from './detect/birth-date.ts';
import { card } from './detect/card.ts';
import { crypto } from './detect/crypto.ts';
import { email } from './detect/email.ts';
import { iban } from './detect/iban.ts';
import { ip } from './detect/ip.ts';
import { mac } from './detect/mac.ts';
import { nationalIds } from './detect/national-ids.ts';
import { phone } from './detect/phone.ts';
import { highEntropy } from './detect/secrets/high-entropy.ts';
import { jsonWebToken } from './detect/secrets/json-web-token.ts';
import { password } from './detect/secrets/password.ts';
import { privateKey } from './detect/secrets/private-key.ts';
import { token } from './detect/secrets/token.ts';
import { urlPassword } from './detect/secrets/url-password.ts';
import type { Detector } from './types.ts';

/** Every detector there is. */
export const DETECTORS: readonly Detector[] = [
  email,
  phone,
  card,
  iban,
  ...nationalIds,
  birthDate,
  ip,
  mac,
  privateKey,
  jsonWebToken,
  token,
  urlPassword,
  password,
  highEntropy,
  crypto,
];
