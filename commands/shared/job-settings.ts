import type { FlagValues } from '../../src/config/types.ts';
import type { CommonFlags } from './flags.ts';

/** The flags of a command that its job is done under, wherever that is. */
export const jobSettings = ({ offline }: CommonFlags): FlagValues =>
  offline ? { offline: { flag: '--offline', value: true } } : {};
