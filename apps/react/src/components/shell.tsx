import { formatRoute, type Route, type SignedIn } from '@taskwire/web-kit';
import type { ReactNode } from 'react';
import { usePage } from '../page-context.ts';
import { ThemeToggle } from './theme-toggle.tsx';

interface ShellProps {
  route: Route;
  signedIn: SignedIn;
  children: ReactNode;
}

/** Header, navigation and the main column around every page of a signed-in reader. */
export function Shell({ route, signedIn, children }: ShellProps): ReactNode {
  const { session } = usePage();
  return (
    <div className="shell">
      <header className="header">
        <div className="header__inner">
          <Brand />
          <nav className="nav" aria-label="Main">
            <NavigationLink to={{ page: 'tasks', filter: 'all' }} isCurrent={route.page === 'tasks'}>
              Tasks
            </NavigationLink>
            <NavigationLink
              to={{ page: 'documents' }}
              isCurrent={route.page === 'documents' || route.page === 'document'}
            >
              Documents
            </NavigationLink>
            <NavigationLink to={{ page: 'search', query: '' }} isCurrent={route.page === 'search'}>
              Search
            </NavigationLink>
          </nav>
          <div className="header__end">
            <span className="header__user" title={signedIn.name}>
              {signedIn.name}
            </span>
            <ThemeToggle />
            <button
              type="button"
              className="button button--quiet button--small"
              data-testid="sign-out"
              onClick={() => session.signOut()}
            >
              Sign out
            </button>
          </div>
        </div>
      </header>
      <main className="main">{children}</main>
      <footer className="footer">
        <span>Taskwire · React</span>
        <a href={`/vue/${formatRoute(route)}`}>Open this page in Vue</a>
      </footer>
    </div>
  );
}

/** The name of the product, and the way home. */
export function Brand(): ReactNode {
  return (
    <a className="brand" href={formatRoute({ page: 'tasks', filter: 'all' })}>
      <span className="brand__mark" aria-hidden="true" />
      Taskwire
    </a>
  );
}

function NavigationLink(props: { to: Route; isCurrent: boolean; children: ReactNode }): ReactNode {
  return (
    <a className="nav__link" href={formatRoute(props.to)} aria-current={props.isCurrent ? 'page' : undefined}>
      {props.children}
    </a>
  );
}
