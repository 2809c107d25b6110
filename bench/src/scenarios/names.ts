export const SCENARIO_NAMES = [
  'fanout',
  'latency',
  'publish',
  'storm',
  'memory',
  'polling',
  'filters',
  'neighbours',
] as const;
export type ScenarioName = (typeof SCENARIO_NAMES)[number];
