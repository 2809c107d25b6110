import type { ReactNode } from 'react';
import { ErrorNotice, Notice } from '../components/notice.tsx';
import { PageHeading } from '../components/page-heading.tsx';
import { SignInForm, TokenForm } from '../components/sign-in-forms.tsx';
import { Brand } from '../components/shell.tsx';
import { Skeleton } from '../components/skeleton.tsx';
import { ThemeToggle } from '../components/theme-toggle.tsx';
import { useServerConfig } from '../hooks/use-server-config.ts';
import { useStore } from '../hooks/use-store.ts';
import { usePage } from '../page-context.ts';

/** The way in: by a name where the server allows it, else with a token. */
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
