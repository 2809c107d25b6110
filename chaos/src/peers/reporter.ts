import { type Contestant, FAULT_TITLES } from './contestant.ts';
import type { Verdict } from './judge.ts';
import { faultsOf, type Result } from './results.ts';
import type { Round } from './run-round.ts';
import { renderTable } from './table.ts';

/** Output of the events of a run. */
export interface Reporter {
  introduce: (contestant: Contestant, versions: readonly string[]) => void;
  roundPlayed: (contestant: Contestant, round: Round, verdict: Verdict) => void;
  allPlayed: (contestants: readonly Contestant[], results: readonly Result[]) => void;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** For people: the participants, and the table at the end; progress goes to standard error. */
export const tableReporter: Reporter = {
  introduce: (contestant, versions) => {
    const { name, configuration, documentation } = contestant;
    const notes = faultsOf(contestant).notApplicable.map(
      ([fault, reason]) => `  n/a: ${FAULT_TITLES[fault]}: ${reason}`,
    );
    print(
      [`${name} (${versions.join(', ')})`, `  ${configuration}`, `  ${documentation.join(' ')}`, ...notes, ''].join(
        '\n',
      ),
    );
  },
  roundPlayed: ({ name }, { fault, round }) => {
    process.stderr.write(`${name}: ${FAULT_TITLES[fault]}: round ${round} played\n`);
  },
  allPlayed: (contestants, results) => print(renderTable(contestants, results)),
};

/** One JSON message a line. */
export const jsonReporter: Reporter = {
  introduce: (contestant, versions) => {
    const { name, configuration, documentation } = contestant;
    const notApplicable = Object.fromEntries(faultsOf(contestant).notApplicable);
    print(JSON.stringify({ type: 'contestant', name, versions, configuration, documentation, notApplicable }));
  },
  roundPlayed: ({ name }, { fault, round }, verdict) => {
    print(JSON.stringify({ type: 'round', contestant: name, fault, round, ...verdict }));
  },
  allPlayed: (_contestants, results) => {
    for (const result of results) print(JSON.stringify({ type: 'result', ...result }));
  },
};
