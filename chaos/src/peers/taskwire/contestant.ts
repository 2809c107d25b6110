import { signToken } from '../../system/api-client.ts';
import type { Contestant } from '../contestant.ts';
import { TaskwireBout } from './bout.ts';
import { Processes } from './processes.ts';

let processes: Promise<Processes> | undefined;

export const taskwire: Contestant = {
  name: 'Taskwire',
  packages: ['@trpc/client', '@taskwire/protocol'],
  configuration:
    'the built api and worker, one process each, SNAPSHOT_EVERY_MS 500; demo.count, whose progress is merged at the ' +
    'source (so fewer events than numbers); watched by the stock tRPC httpSubscriptionLink; events are counted by ' +
    "seq, and the log's end is read from Redis past the code under test; trimmed through the persisted snapshotSeq",
  documentation: ['PROTOCOL.md'],
  notApplicable: {},
  open: async (workload) => {
    processes ??= Processes.start();
    return TaskwireBout.open(await processes, await signToken('peers'), workload);
  },
  dispose: async () => {
    await (await processes)?.stop();
    processes = undefined;
  },
};
