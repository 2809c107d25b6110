import type { Database } from '@taskwire/db';
import type { EventLogAdministration } from '@taskwire/event-log';
import type { Logger } from 'pino';
import type { SweepSettings } from './sweep-settings.ts';

/** Dependencies of the sweeper. */
export interface SweepDependencies {
  database: Database;
  eventLog: EventLogAdministration;
  uploadDirectory: string;
  logger: Logger;
  sweeping: SweepSettings;
}

/** Rows or files looked at at once. */
export const SWEEP_PAGE = 100;

/** The moment before which something must have happened for it to be too old. */
export function before(keptMs: number): Date {
  return new Date(Date.now() - keptMs);
}
