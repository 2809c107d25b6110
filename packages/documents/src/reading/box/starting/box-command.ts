import type { ReadingLimits } from '../../limits.ts';
import type { BoxProgram } from './box-program.ts';
import { confined, type Confinement } from './confinement.ts';

/** Share of the memory limit for JavaScript objects. Buffers and the engine use the rest. */
const HEAP_SHARE = 0.75;

/** The command and arguments that run a program in a box. */
export function boxCommand(
  { program, request }: { program: BoxProgram; request: string },
  limits: ReadingLimits,
  confinement: Confinement,
): string[] {
  const node = [process.execPath, ...nodeOptions(program.readable, limits), program.path, request];
  return confined(node, limits, confinement);
}

/** Node's permission model: only the program's files, no child processes, threads for the watchdog. */
function nodeOptions(readable: readonly string[], { memoryMiB }: ReadingLimits): string[] {
  const permission = process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission';
  return [
    `--max-old-space-size=${Math.ceil(memoryMiB * HEAP_SHARE)}`,
    '--no-warnings',
    permission,
    '--allow-worker',
    ...readable.map((path) => `--allow-fs-read=${path}`),
  ];
}
