/** Reports of faults that do not concern the caller: the call was accepted all the same. */
export interface FaultReports {
  /** @param details names what the fault is about. */
  report(fault: string, details: { taskId?: string; projectId?: string; err: unknown }): void;
}
