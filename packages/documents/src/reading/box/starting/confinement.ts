import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ReadingLimits } from '../../limits.ts';

const SHELL = '/bin/sh';
/** Longest time (ms) that a probe may take. */
const PROBE_MS = 5_000;
/**
 * Memory (KiB) that the kernel allows beyond the limit, so that the watchdog names the limit before the kernel refuses
 * memory.
 */
const SLACK_KIB = 512 * 1_024;
/** Processor time (s) that the kernel allows beyond the limit, for the same reason. */
const SLACK_SECONDS = 5;

/** The confinement that this machine permits. */
export interface Confinement {
  /** Whether a shell can set limits of the kernel. */
  hasKernelLimits: boolean;
  /** The command that starts a process without network. Empty if the machine does not permit it. */
  withoutNetwork: readonly string[];
}

/** Commands that start a process in its own network namespace: as root, and with a user namespace. */
const WAYS_WITHOUT_NETWORK = [
  ['unshare', '--net'],
  ['unshare', '--user', '--map-current-user', '--net'],
] as const;

let probed: Promise<Confinement> | undefined;

/** Checks once per process which confinement this machine permits. */
export function probeConfinement(): Promise<Confinement> {
  probed ??= probe();
  return probed;
}

async function probe(): Promise<Confinement> {
  const [hasKernelLimits, ...ways] = await Promise.all([
    succeeds(SHELL, ['-c', limitsScript({ dataKiB: SLACK_KIB, cpuSeconds: SLACK_SECONDS }), 'sh', 'true']),
    ...WAYS_WITHOUT_NETWORK.map(([command, ...options]) => succeeds(command, [...options, 'true'])),
  ]);
  return { hasKernelLimits, withoutNetwork: WAYS_WITHOUT_NETWORK[ways.indexOf(true)] ?? [] };
}

async function succeeds(command: string, options: readonly string[]): Promise<boolean> {
  try {
    await promisify(execFile)(command, [...options], { timeout: PROBE_MS });
    return true;
  } catch {
    return false;
  }
}

function limitsScript({ dataKiB, cpuSeconds }: { dataKiB: number | undefined; cpuSeconds: number }): string {
  const memory = dataKiB === undefined ? '' : `ulimit -d ${dataKiB} && `;
  return `ulimit -c 0; ${memory}ulimit -t ${cpuSeconds} && exec "$@"`;
}

/** Wraps a command so that it runs under kernel limits and without network, as far as the machine permits. */
export function confined(
  command: readonly string[],
  { memoryMiB, cpuSeconds }: Pick<ReadingLimits, 'cpuSeconds'> & { memoryMiB?: number },
  { hasKernelLimits, withoutNetwork }: Confinement,
): string[] {
  const bare = [...withoutNetwork, ...command];
  if (!hasKernelLimits) return bare;
  const dataKiB = memoryMiB === undefined ? undefined : memoryMiB * 1_024 + SLACK_KIB;
  return [SHELL, '-c', limitsScript({ dataKiB, cpuSeconds: Math.ceil(cpuSeconds) + SLACK_SECONDS }), 'sh', ...bare];
}
