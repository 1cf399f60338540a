import type { LedgerStore, Store } from '../../store/types.ts';

/** A store that reads documents from one database, and records in another what models are asked and cost. */
export const withLedgerOf = (present: Store, past: Store): Store => ({ ...past, ...ledgerOf(present) });

const ledgerOf = (store: Store): LedgerStore => ({
  reserveCall: store.reserveCall,
  endCall: store.endCall,
  noteCall: store.noteCall,
  spentSince: store.spentSince,
  callTimes: store.callTimes,
  callSums: store.callSums,
  circuit: store.circuit,
  countFailure: store.countFailure,
  clearFailures: store.clearFailures,
  claimProbe: store.claimProbe,
  keptReply: store.keptReply,
  keptReplyFigures: store.keptReplyFigures,
});
