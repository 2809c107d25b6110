import { formatRoute } from '@taskwire/web-kit';
import type { ReactNode } from 'react';
import { PageHeading } from '../components/page-heading.tsx';

/** An address that no page has. */
export function NotFoundPage(): ReactNode {
  return (
    <>
      <PageHeading>There is no such page</PageHeading>
      <p>
        <a href={formatRoute({ page: 'tasks', filter: 'all' })}>Go to your tasks</a>
      </p>
    </>
  );
}
