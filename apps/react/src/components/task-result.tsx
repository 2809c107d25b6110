import type { TaskState } from '@taskwire/client';
import { resultFacts } from '@taskwire/web-kit';
import type { ReactNode } from 'react';
import { FactList } from './fact-list.tsx';

/** What a task has resulted in; nothing before it is done. */
export function TaskResult({ state }: { state: TaskState }): ReactNode {
  const facts = resultFacts(state, state);
  if (facts.length === 0) return null;
  return (
    <section className="card" aria-labelledby="result-title" data-testid="task-result">
      <h2 id="result-title">Result</h2>
      <FactList facts={facts} />
    </section>
  );
}
