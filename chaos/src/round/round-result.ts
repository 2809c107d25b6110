import type { Finding } from '../oracle/findings.ts';
import type { FaultKind, RoundPlan } from '../plan/round-plan.ts';

/** Result of a round. */
export interface RoundResult {
  plan: RoundPlan;
  tasks: number;
  events: number;
  watchers: number;
  messages: number;
  /** Numbers of tasks by the type of their last event. */
  outcomes: Record<string, number>;
  /** Information, not faults: gaps that watchers got, and connections that they lost. */
  gapsReported: number;
  reconnects: number;
  /** Creates that were answered with an error while Redis was full. */
  refused: number;
  faults: Partial<Record<FaultKind, number>>;
  durationMs: number;
  findings: Finding[];
  /** The folder with the evidence, if anything was found. */
  evidence?: string;
}
