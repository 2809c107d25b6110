import type { ReactNode } from 'react';
import { ErrorNotice, Notice, Skeleton } from '../components/feedback/notice.tsx';
import { PageHeading } from '../components/shell/page-heading.tsx';
import { Brand, ThemeToggle } from '../components/shell/shell.tsx';
import { SignInForm, TokenForm } from '../components/sign-in/sign-in-forms.tsx';
import { usePage, useServerConfig, useStore } from '../hooks/use-page.ts';

/** Sign-in with a name if the server is in development mode, otherwise with a token. */
export function SignInPage(): ReactNode {
  const { session } = usePage();
  const { notice } = useStore(session);
  const config = useServerConfig();
  return (
    <main className="gate">
      <div className="gate__brand">
        <Brand />
        <p className="muted">Watch your documents being read, live.</p>
      </div>
      <section className="card gate__card" aria-label="Sign in">
        <PageHeading>Sign in</PageHeading>
        {notice !== undefined && <Notice remark={{ tone: 'warn', title: 'Signed out', text: notice }} />}
        {config.isPending && <Skeleton label="Asking the server how to sign in" />}
        {config.isError && <ErrorNotice error={config.error} onRetry={() => void config.refetch()} />}
        {config.data?.authMode === 'dev' && <SignInForm />}
        {config.data?.authMode === 'token' && <TokenForm />}
      </section>
      <ThemeToggle />
    </main>
  );
}
