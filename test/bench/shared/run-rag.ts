import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ragScript = fileURLToPath(new URL('../../../dist/rag.js', import.meta.url));

export type RagRun = {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly wallMs: number;
  /** Of the main process, user and system. */
  readonly cpuMs: number;
  /** Largest resident memory of the main process, and of it and its workers together; 0 where there is no /proc. */
  readonly peakBytes: number;
  readonly peakTreeBytes: number;
};

const SAMPLE_INTERVAL_MS = 25;

/** Runs the built command once and measures it. The process itself reports its CPU time as it ends. */
export async function runRag(args: readonly string[], environment: Record<string, string> = {}): Promise<RagRun> {
  const folder = mkdtempSync(join(tmpdir(), 'rag-run-'));
  const report = join(folder, 'cpu.json');
  const hook = join(folder, 'hook.cjs');
  writeFileSync(
    hook,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(report)}, JSON.stringify({ cpu: process.cpuUsage(), rss: process.resourceUsage().maxRSS })));`,
  );
  try {
    const started = performance.now();
    // Reading extra certificates costs 37 ms a start and says nothing of this program.
    const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env;
    const child = spawn(process.execPath, ['--require', hook, ragScript, ...args], {
      env: { ...inherited, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data) => {
      stdout += data;
    });
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    let peakTreeBytes = 0;
    const sampler = setInterval(() => {
      peakTreeBytes = Math.max(peakTreeBytes, treeBytes(child.pid as number));
    }, SAMPLE_INTERVAL_MS);
    const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
    clearInterval(sampler);
    const wallMs = performance.now() - started;
    const { cpu, rss } = JSON.parse(readFileSync(report, 'utf8')) as { cpu: NodeJS.CpuUsage; rss: number };
    return {
      status,
      stdout,
      stderr,
      wallMs,
      cpuMs: (cpu.user + cpu.system) / 1000,
      peakBytes: rss * 1024,
      peakTreeBytes,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Resident bytes of a process and its children. */
function treeBytes(root: number): number {
  try {
    const parents = new Map<number, number>();
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      const stat = readFileIfThere(`/proc/${name}/stat`);
      if (stat) parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    }
    const isOurs = (pid: number | undefined): boolean =>
      pid !== undefined && (pid === root || isOurs(parents.get(pid)));
    return [...parents.keys()]
      .filter(isOurs)
      .map((pid) => Number(readFileIfThere(`/proc/${pid}/statm`).split(' ')[1] ?? 0) * 4096)
      .reduce((sum, bytes) => sum + bytes, 0);
  } catch {
    // No /proc on this system.
    return 0;
  }
}

const readFileIfThere = (path: string): string => {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // The process ended meanwhile.
    return '';
  }
};
