import type { Closing } from '@taskwire/process-kit';
import type { WorkerExtension, WorkerServices } from '../extension.ts';

/** Longest time (ms) for closing the extensions. */
export const CLOSE_EXTENSION_MS = 5_000;

/** Starts them one after the other. @throws the error of one; the reason of the signal, between two of them. */
export async function startExtensions(
  extensions: readonly WorkerExtension[],
  services: WorkerServices,
  signal: AbortSignal,
): Promise<void> {
  for (const extension of extensions) {
    signal.throwIfAborted();
    await extension.start?.(services);
  }
}

/** Closes them at once, also those that were not started. */
export async function closeExtensions(extensions: readonly WorkerExtension[], closing: Closing): Promise<void> {
  await Promise.all(extensions.map((extension) => closing.close(extension.name, CLOSE_EXTENSION_MS, close(extension))));
}

async function close(extension: WorkerExtension): Promise<void> {
  await extension.close?.();
}
