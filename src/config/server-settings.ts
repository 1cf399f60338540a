import { webAddress, withoutPassword } from './addresses.ts';
import { PROVIDERS } from './providers.ts';
import { plainText, show } from './setting.ts';
import { fieldsOf, type Table } from './table-setting.ts';

/** A server that speaks `/chat/completions` as OpenAI does; its models are `<name>/<model>`. */
export type ServerSettings = {
  readonly baseUrl: string;
  /** The environment variable that holds the key. */
  readonly apiKeyEnv?: string;
  readonly apiKey?: string;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
};

/** Headers that hold keys. */
const SECRET_HEADER = /authorization|cookie|key|token|secret/i;

export function serverName(name: string): string {
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(name)) throw new Error('which is no name: a-z, 0-9 and "-", up to 64');
  if (PROVIDERS.includes(name) || name === 'none' || name === 'extractive') {
    throw new Error('which is the name of a provider that is built in; choose another');
  }
  return name;
}

/** Checks one entry of `servers`. No message repeats a key. */
export function serverEntry(raw: unknown): ServerSettings {
  const { baseUrl, apiKeyEnv, apiKey, headers } = fieldsOf(raw, ['baseUrl', 'apiKeyEnv', 'apiKey', 'headers']);
  if (baseUrl === undefined) throw new Error('which needs a baseUrl, such as http://127.0.0.1:8080/v1');
  return {
    baseUrl: named('baseUrl', () => webAddress(plainText(baseUrl))),
    ...(apiKeyEnv !== undefined && { apiKeyEnv: named('apiKeyEnv', () => variableName(plainText(apiKeyEnv))) }),
    ...(apiKey !== undefined && { apiKey: secretText('apiKey', apiKey) }),
    ...(headers !== undefined && { headers: headersOf(headers) }),
  };
}

function variableName(text: string): string {
  if (/^[A-Za-z_]\w{0,127}$/.test(text)) return text;
  throw new Error('must be the name of an environment variable, not a key');
}

function headersOf(raw: unknown): Readonly<Record<string, string>> {
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) throw new Error('whose headers must be a table');
  return Object.fromEntries(
    Object.entries(raw).map(([name, value]) => {
      if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) throw new Error(`whose headers have no such name as ${show(name)}`);
      return [name, secretText(`header ${name}`, value)];
    }),
  );
}

function named<Value>(field: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw new Error(`whose ${field} ${withoutPassword((error as Error).message)}`);
  }
}

/** Visible ASCII, which is all that a header may hold. */
function secretText(field: string, raw: unknown): string {
  if (typeof raw === 'string' && /^[\x20-\x7e]+$/.test(raw.trim())) return raw.trim();
  throw new Error(`whose ${field} must be text in quotes, in plain letters`);
}

/** A project may name servers, but gives no keys. */
export function serversOfProject(servers: Table<ServerSettings>): {
  value: Table<ServerSettings>;
  leftOut: readonly string[];
} {
  const leftOut: string[] = [];
  const value = Object.fromEntries(
    Object.entries(servers).map(([name, { apiKey, headers = {}, ...rest }]) => {
      if (apiKey !== undefined) leftOut.push(`${name}.apiKey`);
      const harmless = Object.entries(headers).filter(([header]) => !SECRET_HEADER.test(header));
      for (const header of Object.keys(headers)) {
        if (SECRET_HEADER.test(header)) leftOut.push(`${name}.headers.${header}`);
      }
      return [name, { ...rest, ...(harmless.length > 0 && { headers: Object.fromEntries(harmless) }) }];
    }),
  );
  return { value, leftOut };
}

/** Without keys, values of headers and passwords of addresses. */
export const shownServers = (servers: Table<ServerSettings>): Table<object> =>
  Object.fromEntries(
    Object.entries(servers).map(([name, { baseUrl, apiKeyEnv, apiKey, headers }]) => [
      name,
      {
        baseUrl: withoutPassword(baseUrl),
        ...(apiKeyEnv !== undefined && { apiKeyEnv }),
        ...(apiKey !== undefined && { apiKey: 'set, not shown' }),
        ...(headers && { headers: Object.fromEntries(Object.keys(headers).map((key) => [key, 'set, not shown'])) }),
      },
    ]),
  );

/** The servers with the keys that their `apiKeyEnv` names; a variable goes before a key in the file. */
export const withKeysOfEnvironment = (
  servers: Table<ServerSettings>,
  environment: Readonly<Record<string, string | undefined>>,
): Table<ServerSettings> =>
  Object.fromEntries(
    Object.entries(servers).map(([name, server]) => {
      const key = server.apiKeyEnv === undefined ? undefined : environment[server.apiKeyEnv]?.trim() || undefined;
      return [name, key === undefined ? server : { ...server, apiKey: key }];
    }),
  );
