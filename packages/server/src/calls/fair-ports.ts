import type { Ports } from '@taskwire/router';
import type { FairTurns } from './fair-turns.ts';

type Run = <Value>(work: () => Promise<Value>) => Promise<Value>;

/** The same port. Each method waits for its turn; all of them return promises. */
function inTurn<Port extends object>(port: Port, run: Run): Port {
  return new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) =>
        run(async () => {
          const answer: unknown = await Reflect.apply(value, target, given);
          return answer;
        });
    },
  });
}

/** The same ports for the calls of one user. Calls of the database wait for the user's turn. */
export function fairPorts(ports: Ports, userId: string, turns: FairTurns): Ports {
  const run: Run = (work) => turns.run(userId, work);
  const { uploads } = ports;
  return {
    ...ports,
    tasks: inTurn(ports.tasks, run),
    projects: inTurn(ports.projects, run),
    uploads: {
      find: (uploadId) => run(() => uploads.find(uploadId)),
      // It removes files, too. A storage across the network can be slow or away, and a turn must not wait for it.
      deleteUnused: (uploadIds) => uploads.deleteUnused(uploadIds),
    },
    system: inTurn(ports.system, run),
    inTurn: run,
  };
}
