import { useEffect, useRef, type ReactNode } from 'react';
import { usePage } from '../page-context.ts';

/**
 * A page's heading. It takes the focus when the reader comes from another page of the app, so that keyboards and
 * screen readers begin at the top. `windowTitle` goes to the window's title.
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
