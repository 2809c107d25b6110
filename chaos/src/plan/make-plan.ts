import { Random, roundSeed } from '../random.ts';
import { faultTasks } from './fault-tasks.ts';
import { planFaults } from './plan-faults.ts';
import { planTasks } from './plan-tasks.ts';
import { planWatchers } from './plan-watchers.ts';
import {
  TRANSPORTS,
  FAULT_KINDS,
  SUBJECTS,
  TASK_KINDS,
  type Transport,
  type FaultKind,
  type RoundPlan,
  type Subject,
  type TaskKind,
} from './round-plan.ts';

/** Limits of a plan; none by default. */
export interface PlanLimits {
  faults: readonly FaultKind[];
  kinds: readonly TaskKind[];
  transports: readonly Transport[];
  subjects: readonly Subject['of'][];
}

const FAULTS = 0x5bd1e995;

export const WHOLE_PLAN: PlanLimits = {
  faults: FAULT_KINDS,
  kinds: TASK_KINDS,
  transports: TRANSPORTS,
  subjects: SUBJECTS,
};

/**
 * Everything that happens in a round: which tasks, which watchers, which faults, and when. The same for the same seed.
 * @param seed of the run.
 * @param round 1, 2, 3, …
 */
export function makePlan(seed: number, round: number, limits: PlanLimits = WHOLE_PLAN): RoundPlan {
  // Faults have numbers of their own: the tasks stay the same where only the faults are limited.
  const faultRandom = new Random(roundSeed(seed ^ FAULTS, round));
  const random = new Random(roundSeed(seed, round));
  const faults = planFaults(faultRandom, limits.faults);
  const tasks = [...planTasks(random, limits.kinds), ...faultTasks(faultRandom, faults)];
  const watchers = planWatchers(random, tasks, limits);
  return { seed, round, tasks, watchers, faults };
}
