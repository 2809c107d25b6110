import {
  THEME_MODE_WORDS,
  formatRoute,
  navigationLinks,
  nextThemeMode,
  type Route,
  type SignedIn,
} from '@taskwire/web-kit';
import type { ReactNode } from 'react';
import { usePage, useStore } from '../../hooks/use-page.ts';

interface ShellProps {
  route: Route;
  signedIn: SignedIn;
  children: ReactNode;
}

/** Header, navigation and main column around every page of a signed-in reader. */
export function Shell({ route, signedIn, children }: ShellProps): ReactNode {
  const { session } = usePage();
  return (
    <div className="shell">
      <header className="header">
        <div className="header__inner">
          <Brand />
          <nav className="nav" aria-label="Main">
            {navigationLinks(route).map(({ text, href, isCurrent }) => (
              <a key={text} className="nav__link" href={href} aria-current={isCurrent ? 'page' : undefined}>
                {text}
              </a>
            ))}
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

/** The product's name as a link to the start page. */
export function Brand(): ReactNode {
  return (
    <a className="brand" href={formatRoute({ page: 'tasks', filter: 'all' })}>
      <span className="brand__mark" aria-hidden="true" />
      Taskwire
    </a>
  );
}

/** Switches to the next mode: system, light, dark. */
export function ThemeToggle(): ReactNode {
  const { theme } = usePage();
  const mode = useStore(theme);
  const label = `Theme: ${THEME_MODE_WORDS[mode]}`;
  return (
    <button
      type="button"
      className="button button--quiet button--small"
      data-testid="theme-toggle"
      data-mode={mode}
      title={label}
      onClick={() => theme.choose(nextThemeMode(mode))}
    >
      <span className={`mode-icon mode-icon--${mode}`} aria-hidden="true" />
      <span className="visually-hidden">{label}</span>
    </button>
  );
}
