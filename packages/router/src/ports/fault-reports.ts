/** Where faults go that are no caller's business: the call was accepted all the same. */
export interface FaultReports {
  /** @param details names what the fault is about. */
  report(fault: string, details: { taskId?: string; projectId?: string; err: unknown }): void;
}
