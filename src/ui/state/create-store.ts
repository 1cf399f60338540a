import { reduce } from './reduce.ts';
import type { Action, Effect, State } from './types.ts';

export type ChatStore = {
  state(): State;
  dispatch(action: Action): void;
  subscribe(listener: () => void): () => void;
};

/**
 * Holds the state. `onEffect` is called before those who look at the state are told: a screen is wiped before it is
 * drawn anew.
 */
export function createStore(initial: State, onEffect: (effect: Effect) => void): ChatStore {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    state: () => state,
    dispatch(action) {
      const step = reduce(state, action);
      const isChanged = step.state !== state;
      state = step.state;
      for (const effect of step.effects) onEffect(effect);
      if (isChanged) for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
