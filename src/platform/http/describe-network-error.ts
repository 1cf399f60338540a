import { messageOf } from '../errors.ts';

const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the name server does not answer',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was reset',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'the connection timed out',
  EPIPE: 'the connection was closed',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  UND_ERR_SOCKET: 'the connection closed before the answer was complete',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the body is not as long as its Content-Length says',
  HPE_HEADER_OVERFLOW: 'the headers are too large',
  UND_ERR_HEADERS_OVERFLOW: 'the headers are too large',
  Z_DATA_ERROR: 'the compressed body cannot be decoded',
  Z_BUF_ERROR: 'the compressed body ends too early',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate chain holds a self-signed certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be verified',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

/** One clause that says why a request failed, with the code in brackets where there is one. */
export function describeNetworkError(error: unknown): string {
  for (const each of withCauses(error)) {
    const code = codeOf(each);
    if ((each as { name?: unknown } | null)?.name === 'HTTPParserError' && !WORDS[code ?? '']) {
      return `the answer is not valid HTTP (${messageOf(each).replace(/\.$/, '')})`;
    }
    if (code === null) continue;
    const words = WORDS[code] ?? messageOf(each);
    return `${words || 'the request failed'} (${code})`;
  }
  return messageOf(error) || 'the request failed';
}

/** The error, what caused it, and the members of aggregates, outermost first; bounded against circles. */
export function withCauses(error: unknown): unknown[] {
  const found: unknown[] = [];
  const waiting = [error];
  while (waiting.length > 0 && found.length < 16) {
    const each = waiting.shift();
    found.push(each);
    if (each instanceof AggregateError) waiting.push(...each.errors);
    if (each instanceof Error && each.cause !== undefined) waiting.push(each.cause);
  }
  return found;
}

const codeOf = (error: unknown): string | null => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : null;
};
