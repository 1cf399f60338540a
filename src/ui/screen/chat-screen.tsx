import { Box, Static, Text } from 'ink';
import { memo, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { StyledLine } from '../markdown/styled-text.ts';
import type { ChatStore } from '../state/create-store.ts';
import type { Item, Running, State } from '../state/types.ts';
import { drawItem } from './draw-item.ts';
import { drawCompletion, drawInput, drawPicker, drawRunning, drawStatus } from './draw-live.ts';
import { type ChatPage, paintOf } from './page.ts';

/** What does not change while the chat runs; the highlighter comes when code is to be shown. */
export type ScreenSettings = Pick<ChatPage, 'hasColor' | 'workingFolder'> & {
  readonly highlight: () => ChatPage['highlight'];
};

/** Milliseconds for a step of the sign that something is under way. */
const STEP_MS = 150;
const SIGNS = ['·', '•', '●', '•'];

/** The whole screen: what is finished is printed once and scrolls away, the rest moves below it. */
export function ChatScreen({ store, settings }: { readonly store: ChatStore; readonly settings: ScreenSettings }) {
  const state = useSyncExternalStore(store.subscribe, store.state);
  const { columns, rows, isSuspended } = state;
  const { hasColor, workingFolder, highlight } = settings;
  const page = useMemo(
    (): ChatPage => ({
      columns,
      rows,
      hasColor,
      workingFolder,
      get highlight() {
        return highlight();
      },
    }),
    [columns, rows, hasColor, workingFolder, highlight],
  );
  return (
    <Box flexDirection="column">
      <Finished state={state} page={page} />
      {!isSuspended && <Live state={state} page={page} />}
    </Box>
  );
}

/** While another program has the terminal nothing is printed; it follows when that has ended. */
function Finished({ state, page }: { readonly state: State; readonly page: ChatPage }) {
  const { items, firstItem, epoch, isSuspended } = state;
  const held = useRef(items);
  if (!isSuspended) held.current = items;
  const shown = held.current;
  const fresh = useMemo(() => (firstItem === 0 ? [...shown] : shown.slice(firstItem)), [shown, firstItem]);
  return (
    <Static key={epoch} items={fresh}>
      {(item: Item) => <Text key={item.id}>{drawItem(item, page)}</Text>}
    </Static>
  );
}

function Live({ state, page }: { readonly state: State; readonly page: ChatPage }) {
  const { running, picker, completion, openables } = state;
  return (
    <Box flexDirection="column">
      {running && <RunningAnswer running={running} page={page} />}
      <Lines
        lines={[[], ...(picker ? drawPicker({ openables, selected: picker.selected }, page) : drawInput(state, page))]}
        page={page}
      />
      {completion && <Lines lines={drawCompletion(completion, page)} page={page} />}
      <Lines lines={[drawStatus(state, page)]} page={page} />
    </Box>
  );
}

/** Drawn again when text came or the sign moves, not when a key is typed. */
const RunningAnswer = memo(function RunningAnswer({
  running,
  page,
}: {
  readonly running: Running;
  readonly page: ChatPage;
}) {
  const [step, setStep] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setStep((before) => before + 1), STEP_MS);
    return () => clearInterval(timer);
  }, []);
  return <Lines lines={drawRunning(running, page, SIGNS[step % SIGNS.length]!)} page={page} />;
});

const Lines = ({ lines, page }: { readonly lines: readonly StyledLine[]; readonly page: ChatPage }) => (
  <Text>{lines.map(paintOf(page)).join('\n')}</Text>
);
