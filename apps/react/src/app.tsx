import { TaskwireProvider, createTaskwireQueryClient } from '@taskwire/react';
import type { PageClient, Route } from '@taskwire/web-kit';
import { useState, type ReactNode } from 'react';
import { Shell } from './components/shell/shell.tsx';
import { trpc } from './hooks/trpc.ts';
import { usePage, useStore } from './hooks/use-page.ts';
import { DocumentPage } from './pages/document-page.tsx';
import { DocumentsPage } from './pages/documents-page.tsx';
import { HomePage } from './pages/home-page.tsx';
import { NotFoundPage } from './pages/not-found-page.tsx';
import { SearchPage } from './pages/search-page.tsx';
import { SignInPage } from './pages/sign-in-page.tsx';
import { TaskPage } from './pages/task-page.tsx';

/** The whole app. Each signed-in person gets a new provider, because its cache keeps data of its user. */
export function App(): ReactNode {
  const { session, clients, route } = usePage();
  const client = useStore(clients);
  const { signedIn } = useStore(session);
  const current = useStore(route);
  return (
    <Providers key={signedIn?.token ?? 'signed-out'} client={client}>
      {signedIn === undefined ? (
        <SignInPage />
      ) : (
        <Shell route={current} signedIn={signedIn}>
          <CurrentPage route={current} />
        </Shell>
      )}
    </Providers>
  );
}

/** Provides a client to the hooks of Taskwire and of tRPC, with one cache. */
function Providers({ client, children }: { client: PageClient; children: ReactNode }): ReactNode {
  const [queryClient] = useState(createTaskwireQueryClient);
  return (
    <trpc.Provider client={client.trpc} queryClient={queryClient}>
      <TaskwireProvider client={client} queryClient={queryClient}>
        {children}
      </TaskwireProvider>
    </trpc.Provider>
  );
}

function CurrentPage({ route }: { route: Route }): ReactNode {
  switch (route.page) {
    case 'tasks':
      return <HomePage filter={route.filter} />;
    case 'task':
      return <TaskPage key={route.taskId} taskId={route.taskId} query={route.query} />;
    case 'search':
      return <SearchPage query={route.query} />;
    case 'documents':
      return <DocumentsPage />;
    case 'document':
      return <DocumentPage key={route.documentId} route={route} />;
    case 'unknown':
      return <NotFoundPage />;
    default:
      return route satisfies never;
  }
}
