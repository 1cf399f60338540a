import type { Detector, Finding } from '../../types.ts';

/** Keys that say by their beginning whose they are, as the providers document them or their scanners look for them. */
const TOKENS: readonly (readonly [rule: string, pattern: RegExp])[] = [
  ['aws-key', /(?<![A-Za-z0-9])(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA|ANVA)[A-Z2-7]{16}(?![A-Za-z0-9])/g],
  ['github-token', /(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{36,251}(?![A-Za-z0-9])/g],
  ['github-token', /(?<![A-Za-z0-9])github_pat_[A-Za-z0-9_]{22,255}(?![A-Za-z0-9])/g],
  ['gitlab-token', /(?<![A-Za-z0-9])gl(?:pat|ptt|dt|rt|cbt|ft|soat)-[A-Za-z0-9_-]{20,64}(?![A-Za-z0-9])/g],
  ['openai-key', /(?<![A-Za-z0-9])sk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,200}(?![A-Za-z0-9])/g],
  ['anthropic-key', /(?<![A-Za-z0-9])sk-ant-[A-Za-z0-9_-]{20,200}(?![A-Za-z0-9])/g],
  ['google-key', /(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9])/g],
  ['google-oauth', /(?<![A-Za-z0-9])ya29\.[A-Za-z0-9_-]{20,300}/g],
  ['google-client-secret', /(?<![A-Za-z0-9])GOCSPX-[A-Za-z0-9_-]{28}(?![A-Za-z0-9])/g],
  ['slack-token', /(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10,250}/g],
  ['slack-token', /(?<![A-Za-z0-9])xapp-\d-[A-Za-z0-9-]{20,250}/g],
  ['slack-webhook', /hooks\.slack\.com\/(?:services|workflows)\/[A-Za-z0-9+/]{30,90}/g],
  ['stripe-key', /(?<![A-Za-z0-9])(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,247}(?![A-Za-z0-9])/g],
  ['stripe-webhook', /(?<![A-Za-z0-9])whsec_[A-Za-z0-9+/]{24,80}/g],
  ['sendgrid-key', /(?<![A-Za-z0-9])SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}(?![A-Za-z0-9])/g],
  ['twilio-key', /(?<![A-Za-z0-9])(?:SK|AC)[0-9a-f]{32}(?![A-Za-z0-9])/g],
  ['npm-token', /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/g],
  ['pypi-token', /(?<![A-Za-z0-9])pypi-[A-Za-z0-9_-]{50,250}(?![A-Za-z0-9])/g],
  ['hub-token', /(?<![A-Za-z0-9])hf_[A-Za-z0-9]{30,40}(?![A-Za-z0-9])/g],
  ['digitalocean-token', /(?<![A-Za-z0-9])do[opr]_v1_[0-9a-f]{64}(?![A-Za-z0-9])/g],
  ['shopify-token', /(?<![A-Za-z0-9])shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}(?![A-Za-z0-9])/g],
  ['mailgun-key', /(?<![A-Za-z0-9])key-[0-9a-f]{32}(?![A-Za-z0-9])/g],
  ['telegram-token', /(?<![A-Za-z0-9])\d{8,10}:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9])/g],
  [
    'discord-token',
    /(?<![A-Za-z0-9])[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40}(?![A-Za-z0-9])/g,
  ],
  ['age-key', /(?<![A-Za-z0-9])AGE-SECRET-KEY-1[A-Z0-9]{58}(?![A-Za-z0-9])/g],
  ['vault-token', /(?<![A-Za-z0-9])hvs\.[A-Za-z0-9_-]{24,120}/g],
  ['databricks-token', /(?<![A-Za-z0-9])dapi[0-9a-f]{32}(?![A-Za-z0-9])/g],
  ['linear-key', /(?<![A-Za-z0-9])lin_api_[A-Za-z0-9]{40}(?![A-Za-z0-9])/g],
];

export const token: Detector = {
  kind: 'secret',
  *detect(text): Generator<Finding> {
    for (const [rule, pattern] of TOKENS) {
      for (const { 0: value, index } of text.matchAll(pattern)) {
        if (isFiller(value)) continue;
        yield { kind: 'secret', rule, span: { start: index, end: index + value.length }, value, confidence: 0.98 };
      }
    }
  },
};

/** sk-xxxxxxxxxxxxxxxxxxxxxxxx, and sk-your-key-here: nobody's. */
const isFiller = (value: string): boolean =>
  /(.)\1{9}/.test(value) ||
  (!/\d/.test(value) && /your|here|example|placeholder/i.test(value)) ||
  (!/\d/.test(value) && /^sk-[a-z-]+$/.test(value));
