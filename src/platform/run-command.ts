import { type ChildProcess, spawn } from 'node:child_process';
import { residentBytesOfGroup } from './process-memory.ts';

export type CommandOptions = {
  /** Program and arguments; no shell sees them. */
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly signal?: AbortSignal;
  readonly timeoutMs: number;
  /** What it reads from its standard input; nothing when left out. */
  readonly input?: Uint8Array;
  /** The end of what is written to standard output that is kept, in bytes. */
  readonly maxOutputBytes: number;
  /** Resident bytes at which it is ended; not bounded when left out. Looked at a few times a second. */
  readonly maxMemoryBytes?: number;
  onStart?(pid: number): void;
  /** Each line of standard output and standard error; long ones are cut. */
  onLine?(line: string, stream: 'stdout' | 'stderr'): void;
};

export type CommandEnd = {
  /** Null when a signal ended it. */
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly timedOut: boolean;
  /** It was ended as it took too much memory. */
  readonly outOfMemory: boolean;
  readonly stdout: string;
  readonly isCut: boolean;
  readonly elapsedMs: number;
};

/** Time to end by itself after it was asked to. */
const GRACE_MS = 3000;
/** Between two looks at the memory that it takes. */
const LOOK_MS = 200;
/** Time in which what it had written arrives. */
const DRAIN_MS = 1000;
const MAX_LINE_LENGTH = 2000;

/**
 * Runs a program to its end, with no shell. When the time or memory is used up or the signal fires it is ended
 * with all that it started, which has three seconds to end by itself. Rejects when it cannot be started.
 */
export function runCommand(options: CommandOptions): Promise<CommandEnd> {
  const { argv, cwd, signal, timeoutMs, input, maxMemoryBytes, onStart, onLine } = options;
  const [program = '', ...rest] = argv;
  const started = performance.now();
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const child = spawn(program, rest, {
      cwd,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      // A group of its own, so that what it starts ends with it.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    let timedOut = false;
    let outOfMemory = false;
    let force: NodeJS.Timeout | undefined;
    const end = (): void => {
      endGroup(child, 'SIGTERM');
      force ??= setTimeout(() => endGroup(child, 'SIGKILL'), GRACE_MS);
    };
    const timer = setTimeout(() => {
      timedOut = true;
      end();
    }, timeoutMs);
    const watch =
      maxMemoryBytes === undefined
        ? undefined
        : setInterval(async () => {
            if (child.pid === undefined || (await residentBytesOfGroup(child.pid)) <= maxMemoryBytes) return;
            outOfMemory = true;
            endGroup(child, 'SIGKILL');
          }, LOOK_MS);
    signal?.addEventListener('abort', end, { once: true });
    // A program may end without reading all of it.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
    const settle = (): void => {
      clearTimeout(timer);
      clearInterval(watch);
      clearTimeout(force);
      signal?.removeEventListener('abort', end);
    };
    const stdout = keepTail(options.maxOutputBytes);
    for (const stream of ['stdout', 'stderr'] as const) {
      const lines = lineSplitter((line) => onLine?.(line, stream));
      const output = child[stream];
      output?.on('data', (data: Buffer) => {
        if (stream === 'stdout') stdout.add(data);
        lines.add(data.toString('utf8'));
      });
      output?.on('end', lines.end);
    }
    // At once: whoever is to know of it must, whenever this process is killed.
    if (child.pid !== undefined) onStart?.(child.pid);
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('exit', (status, endedBy) => {
      settle();
      endGroup(child, 'SIGKILL');
      const elapsedMs = performance.now() - started;
      const tell = (): void =>
        resolve({
          status,
          signal: endedBy,
          timedOut,
          outOfMemory,
          stdout: stdout.text(),
          isCut: stdout.isCut(),
          elapsedMs,
        });
      // What it left behind in a group of its own may hold its output open for ever.
      const late = setTimeout(tell, DRAIN_MS);
      child.once('close', () => {
        clearTimeout(late);
        tell();
      });
    });
  });
}

function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid === undefined || process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // Nothing of it is there any more.
  }
}

function keepTail(maxBytes: number) {
  let parts: Buffer[] = [];
  let bytes = 0;
  let cut = false;
  return {
    add(data: Buffer): void {
      parts.push(data);
      bytes += data.length;
      if (bytes <= 2 * maxBytes) return;
      parts = [Buffer.concat(parts).subarray(-maxBytes)];
      bytes = maxBytes;
      cut = true;
    },
    text: (): string => Buffer.concat(parts).subarray(-maxBytes).toString('utf8'),
    isCut: (): boolean => cut || bytes > maxBytes,
  };
}

function lineSplitter(tell: (line: string) => void) {
  let rest = '';
  return {
    add(text: string): void {
      const lines = (rest + text).split(/\r?\n/);
      rest = (lines.pop() ?? '').slice(0, MAX_LINE_LENGTH);
      for (const line of lines) tell(line.slice(0, MAX_LINE_LENGTH));
    },
    end(): void {
      if (rest !== '') tell(rest);
      rest = '';
    },
  };
}
