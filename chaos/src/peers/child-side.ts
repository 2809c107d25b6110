import { setTimeout as delay } from 'node:timers/promises';
import type * as z from 'zod';
import type { ChildMessage } from './child-program.ts';
import type { Workload } from './contestant.ts';

/** Time (ms) after which an event without acknowledgement counts as accepted. */
const UNACKNOWLEDGED_MS = 500;

/** Reads the options from the harness, and ends this program together with the harness. */
export function readSettings<Settings>(schema: z.ZodType<Settings>): Settings {
  process.on('disconnect', () => process.exit());
  return schema.parse(JSON.parse(process.argv[2] ?? 'null'));
}

export function tellHarness(message: ChildMessage): void {
  process.send?.(message);
}

/** Publishes the numbers `from` to `workload.events`, telling the harness of each that the product has acknowledged. */
export async function publishNumbers(
  { events, everyMs }: Workload,
  from: number,
  publish: (eventNumber: number) => Promise<unknown>,
): Promise<void> {
  for (let eventNumber = from; eventNumber <= events; eventNumber += 1) {
    await delay(everyMs);
    await publish(eventNumber);
    tellHarness({ type: 'accepted', number: eventNumber });
  }
}

/** The same for a product that acknowledges nothing: an event counts once the next one is due. */
export async function publishUnacknowledged(
  { events, everyMs }: Workload,
  publish: (eventNumber: number) => void,
): Promise<void> {
  for (let eventNumber = 1; eventNumber <= events; eventNumber += 1) {
    await delay(everyMs);
    if (eventNumber > 1) tellHarness({ type: 'accepted', number: eventNumber - 1 });
    publish(eventNumber);
  }
  await delay(UNACKNOWLEDGED_MS);
  tellHarness({ type: 'accepted', number: events });
}
