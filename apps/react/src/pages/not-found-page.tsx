import { formatRoute } from '@taskwire/web-kit';
import type { ReactNode } from 'react';
import { PageHeading } from '../components/shell/page-heading.tsx';

/** The page of an unknown address. */
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
