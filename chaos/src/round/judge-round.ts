import type { FaultKind, RoundPlan, Subject } from '../plan/round-plan.ts';
import { checkLog } from '../oracle/checks/check-log.ts';
import { checkTopic, isLifecycle } from '../oracle/checks/check-topic.ts';
import { checkWatcher, type SubjectRules, type WatcherVerdict } from '../oracle/checks/check-watcher.ts';
import type { Finding } from '../oracle/findings.ts';
import { isTerminalType } from '../oracle/message.ts';
import { taskRules } from '../oracle/rules/task-rules.ts';
import { topicRules } from '../oracle/rules/topic-rules.ts';
import { ownerLogName, projectLogName, taskLogName } from '../truth/log-names.ts';
import type { Truth } from '../truth/truth.ts';
import type { TruthLog } from '../truth/truth-log.ts';
import type { Watcher } from '../watchers/watcher.ts';
import type { RoundCast } from './round-cast.ts';

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

/** Puts what the watchers of a round got before the oracle. */
export class Judge {
  readonly #truth: Truth;
  readonly #cast: RoundCast;

  constructor(truth: Truth, cast: RoundCast) {
    this.#truth = truth;
    this.#cast = cast;
  }

  taskLog(taskId: string): TruthLog {
    return this.#truth.log(taskLogName(this.#cast.projectId, taskId));
  }

  hasEnded(taskId: string): boolean {
    const log = this.taskLog(taskId);
    return isTerminalType(log.get(log.lastSeq)?.type ?? '');
  }

  verdict({ plan, visit }: Watcher): WatcherVerdict {
    const rules = { ...this.#rules(visit.target), mayRepeatEnd: plan.transport === 'cli' };
    return checkWatcher(plan.name, visit.record.entries, rules);
  }

  /** Whether a watcher has got everything that there is, so that nothing more is to be waited for. */
  isSated(watcher: Watcher): boolean {
    if (!watcher.isSettled) return false;
    const { target, record } = watcher.visit;
    if (record.isOver || (target.of === 'task' && !this.hasEnded(target.taskId))) return true;
    return this.verdict(watcher).findings.every((finding) => finding.figure !== 'stuck');
  }

  /** Faults of the logs themselves: the tasks' logs, and those of the watched subjects. */
  logFindings(subjects: readonly Subject['of'][]): Finding[] {
    const { projectId, ownerId, createdTaskIds } = this.#cast;
    const tasks = new Map(createdTaskIds.map((taskId) => [taskId, this.taskLog(taskId)]));
    const project = this.#truth.log(projectLogName(projectId));
    const owner = this.#truth.log(ownerLogName(ownerId));
    return [
      ...[...tasks.values()].flatMap((log) => checkLog(log)),
      ...(subjects.includes('project') ? checkTopic(project, tasks, () => true) : []),
      ...(subjects.includes('owner') ? checkTopic(owner, tasks, isLifecycle) : []),
    ];
  }

  #rules(target: Watcher['visit']['target']): SubjectRules {
    const mayBeCanceling = (taskId: string) => this.#cast.isToBeCanceled(taskId);
    switch (target.of) {
      case 'task':
        return taskRules(this.taskLog(target.taskId), mayBeCanceling(target.taskId));
      case 'project':
        return topicRules(this.#truth.log(projectLogName(this.#cast.projectId)), target, mayBeCanceling);
      case 'owner':
        return topicRules(this.#truth.log(ownerLogName(this.#cast.ownerId)), {}, mayBeCanceling);
      default:
        return target satisfies never;
    }
  }
}
