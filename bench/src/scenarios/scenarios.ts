import type { Scenario } from '../scenario.ts';
import type { ScenarioName } from './names.ts';

/** Loads a benchmark with all that it needs, and nothing that only others need. */
export const SCENARIOS: Record<ScenarioName, () => Promise<Scenario>> = {
  fanout: async () => (await import('./fanout.ts')).fanout,
  latency: async () => (await import('./latency.ts')).latency,
  publish: async () => (await import('./publish.ts')).publish,
  storm: async () => (await import('./storm.ts')).storm,
  memory: async () => (await import('./memory.ts')).memory,
  polling: async () => (await import('./polling.ts')).polling,
  filters: async () => (await import('./filters.ts')).filters,
  neighbours: async () => (await import('./neighbours.ts')).neighbours,
};
