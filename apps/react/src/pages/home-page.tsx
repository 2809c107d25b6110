import { STATUS_FILTERS, STATUS_FILTER_WORDS, formatRoute, type StatusFilter } from '@taskwire/web-kit';
import type { ReactNode } from 'react';
import { TaskList } from '../components/lists/task-list.tsx';
import { PageHeading } from '../components/shell/page-heading.tsx';
import { UploadCard } from '../components/upload/upload-card.tsx';

/** The upload form beside the list of the reader's tasks. */
export function HomePage({ filter }: { filter: StatusFilter }): ReactNode {
  return (
    <>
      <PageHeading>Tasks</PageHeading>
      <div className="columns">
        <div className="columns__aside">
          <UploadCard />
        </div>
        <section className="stack" aria-label="Your tasks">
          <nav className="segments" aria-label="Filter by status">
            {STATUS_FILTERS.map((each) => (
              <a
                key={each}
                className="segments__item"
                href={formatRoute({ page: 'tasks', filter: each })}
                aria-current={each === filter ? 'true' : undefined}
                data-testid={`filter-${each}`}
              >
                {STATUS_FILTER_WORDS[each]}
              </a>
            ))}
          </nav>
          <TaskList key={filter} filter={filter} />
        </section>
      </div>
    </>
  );
}
