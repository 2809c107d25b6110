import type { TruthLog } from '../../truth/truth-log.ts';
import { FindingList, type Finding } from '../findings.ts';
import { isTerminalType } from '../message.ts';

/** End of a task, and whether its own handler may have caused an error. */
export interface TaskFate {
  taskId: string;
  log: TruthLog;
  /** Its code in PostgreSQL, if it ended in error there. */
  errorCode: string | null;
  mayFail: boolean;
}

/**
 * Tasks that ended in error although their own handler did nothing for which a task may end: whatever was broken around
 * them, they must end in what their handler gives, or in the cancel that their owner asked for.
 */
export function checkInnocents(fates: readonly TaskFate[]): Finding[] {
  return fates.filter((fate) => !fate.mayFail).flatMap((fate) => findingsOf(fate));
}

function findingsOf({ taskId, log, errorCode }: TaskFate): Finding[] {
  const findings = new FindingList(taskId);
  const end = log.events.findLast((event) => isTerminalType(event.type));
  if (end?.type === 'error') {
    const { code, message, attempt } = end;
    findings.add('endedForOthers', `ended in ${words(code)} on attempt ${words(attempt)}: ${words(message)}`);
  } else if (errorCode !== null) {
    findings.add('endedForOthers', `ended in ${errorCode} in PostgreSQL, and in ${end?.type ?? 'nothing'} in its log`);
  }
  return findings.list;
}

function words(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
