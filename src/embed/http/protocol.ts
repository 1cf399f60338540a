import type { ModelContext } from '../../platform/model-server/model-error.ts';
import type { ServerAddress } from '../../platform/model-server/server-address.ts';
import type { EmbedderServer, TextRole } from '../types.ts';
import type { BatchLimits } from './pack-batches.ts';

export type EmbedRequest = {
  /** Without `@dimensions`. */
  readonly model: string;
  readonly role: TextRole;
  readonly texts: readonly string[];
  /** Asked for in the name; null for the model's own. */
  readonly dimensions: number | null;
};

/** The parts in which the interfaces of embedding servers differ. */
export type EmbedProtocol = {
  readonly provider: string;
  readonly server: EmbedderServer;
  /** Setting and environment variable, as people write them. */
  readonly addressSetting: string;
  readonly keyVariable: string;
  /** Where the address names no port. */
  readonly defaultPort?: number;
  /** Whether the server at an address answers nobody without a key. */
  needsKey(address: ServerAddress): boolean;
  keyHeaders(apiKey: string): Readonly<Record<string, string>>;
  /** Below the base address. */
  path(model: string): string;
  /** What stands before a text; empty where the role is a parameter. */
  prefix(role: TextRole): string;
  body(request: EmbedRequest): Readonly<Record<string, unknown>>;
  /** The vectors in the answer, in the order of the texts. */
  vectors(answer: Readonly<Record<string, unknown>>): unknown;
  readonly limits: BatchLimits;
  /** Most tokens of one text where the server cuts longer ones without a word: they are cut here, and counted. */
  readonly silentMaxTokens?: number;
  /** Requests at the same time. A server of one's own has one model and does no more for more. */
  readonly concurrency: number;
  readonly hints: Pick<ModelContext['hints'], 'notFound' | 'unreachable'> & { readonly auth?: string };
};

export const bearer = (apiKey: string): Readonly<Record<string, string>> => ({ authorization: `Bearer ${apiKey}` });
