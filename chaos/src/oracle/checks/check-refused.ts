import type { TruthLog } from '../../truth/truth-log.ts';
import { FindingList, type Finding } from '../findings.ts';

/** A task that there is although its creation was refused. */
export interface RefusedTask {
  taskId: string;
  /** Under which its creation was asked for. */
  key: string;
  status: string;
  log: TruthLog;
}

/** Reports tasks that refused creates left: neither row nor run may remain. @param tasks the tasks that are left. */
export function checkRefused(tasks: readonly RefusedTask[]): Finding[] {
  return tasks.flatMap(({ taskId, key, status, log }) => {
    const findings = new FindingList(taskId);
    const runs = log.events.filter((event) => event.type === 'started').length;
    const ran = runs === 0 ? 'it has not run' : `it ran ${runs} times`;
    findings.add('leaked', `was refused (${key}), but its row says ${status}, and ${ran}`);
    return findings.list;
  });
}
