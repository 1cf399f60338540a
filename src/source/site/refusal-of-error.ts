import type { RagError } from '../../platform/errors.ts';
import type { PageRefusal } from './types.ts';

export type Refusal = {
  readonly code: PageRefusal;
  readonly message: string;
  /** What is stored of the page stays: nothing is known of what it holds now. */
  readonly keeps: boolean;
  /** The server is at fault, or what is between us. */
  readonly isFailure: boolean;
};

/** Why a page was not had, of the error that asking for it gave. */
export function refusalOfError({ message, details, code }: RagError): Refusal {
  const left = (refusal: PageRefusal): Refusal => ({ code: refusal, message, keeps: false, isFailure: false });
  if (details.timedOut) return { code: 'slow', message, keeps: true, isFailure: true };
  if (details.maxBytes !== undefined) return left('too-large');
  if (details.mediaType !== undefined) return left('binary');
  if (details.range !== undefined) return { code: 'private-address', message, keeps: true, isFailure: false };
  const isAnswer = typeof details.status === 'number' && details.status < 500 && details.status !== 429;
  if (code === 'SOURCE_REFUSED' || isAnswer) return { code: 'refused', message, keeps: true, isFailure: false };
  return { code: 'server-error', message, keeps: true, isFailure: true };
}
