/** Faults of every product, in this order. */
export const FAULTS = [
  'disconnected',
  'trimmed-while-away',
  'trimmed-and-restarted',
  'producer-killed',
  'producer-killed-while-away',
  'server-restarted',
  'server-killed',
] as const;

export type FaultName = (typeof FAULTS)[number];

export const FAULT_TITLES: Record<FaultName, string> = {
  disconnected: 'watcher disconnected, comes back',
  'trimmed-while-away': 'log trimmed while the watcher is away',
  'trimmed-and-restarted': 'the same, and the server restarted',
  'producer-killed': 'producer killed (-9), replaced',
  'producer-killed-while-away': 'the same, while the watcher is away',
  'server-restarted': 'server restarted (SIGTERM)',
  'server-killed': 'server killed (-9), started again',
};
