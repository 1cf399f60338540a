/** Whether a value stands for a secret and is none: `<password>`, `${TOKEN}`, `xxxx`, `your-key-here`, `os.environ["KEY"]`. */
export const isPlaceholder = (value: string): boolean =>
  /^[<[{$%(]|[>\]})]$|^\*+$|\.\.\.|…/.test(value) ||
  /^(.)\1*$/.test(value) ||
  /^(?:null|none|nil|true|false|undefined|string|str|text|password|passwd|pwd|passwort|pass|secret|token|key|value|changeme|change-me|example|required|optional|empty|n\/a|hidden|redacted|masked|test|todo|tbd)$/i.test(
    value,
  ) ||
  (/^(?:your|my|the|some|insert|enter|replace)[-_ ]?/i.test(value) &&
    /(?:key|token|secret|password|here|value)/i.test(value)) ||
  /^(?:process\.env|os\.(?:environ|getenv)|env\.|getenv|config\.|settings\.|secrets\.|vault:|ENV\[|self\.|this\.|req\.|request\.)/i.test(
    value,
  ) ||
  /^[A-Za-z_$][\w$.]{0,60}\(/.test(value);
