import { randomUUID } from 'node:crypto';
import type { WorkerIdentity } from '../fleet/fleet-member.ts';

/** Makes the identity of a test's worker. */
export function identity(changed: Partial<WorkerIdentity> = {}): WorkerIdentity {
  return { workerId: `worker-${randomUUID().slice(0, 8)}`, version: '1.0.0', kinds: ['demo.count'], ...changed };
}
