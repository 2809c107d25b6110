import { formatRoute } from '@taskwire/web-kit';
import { useEffect, useRef, type ReactNode } from 'react';
import { usePage } from '../../hooks/use-page.ts';

/**
 * A page's heading. It takes the focus when the reader comes from another page of the app, so that keyboards and
 * screen readers begin at the top. `windowTitle` is the window's title; absent: the heading.
 */
export function PageHeading({ children, windowTitle }: { children: string; windowTitle?: string }): ReactNode {
  const { route } = usePage();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (route.hasMoved()) heading.current?.focus();
  }, [route]);
  useEffect(() => {
    document.title = `${windowTitle ?? children} · Taskwire`;
  }, [windowTitle, children]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}

/** The link from a task or document to its list. */
export function BackLink({ to }: { to: 'tasks' | 'documents' }): ReactNode {
  return (
    <a className="crumb" href={formatRoute(to === 'tasks' ? { page: to, filter: 'all' } : { page: to })}>
      ← All {to}
    </a>
  );
}
