import { useMutation } from '@tanstack/react-query';
import { useTaskwire } from '@taskwire/react';
import { useState, type SubmitEvent, type ReactNode } from 'react';
import { usePage, useStore } from '../../hooks/use-page.ts';
import { ErrorNotice } from '../feedback/notice.tsx';

/** Sign-in with a name: only for servers in development mode. */
export function SignInForm(): ReactNode {
  const client = useTaskwire();
  const { session, signInCode } = usePage();
  const linked = useStore(signInCode);
  const [name, setName] = useState('');
  const [typed, setTyped] = useState<string>();
  const code = (typed ?? linked).trim();
  const signIn = useMutation({
    mutationFn: (chosen: string) => client.signIn(chosen, code),
    onSuccess: ({ token, expiresAt }, chosen) => session.signIn({ token, name: chosen, expiresAt }),
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (name.trim() !== '' && code !== '' && !signIn.isPending) signIn.mutate(name.trim());
  };
  return (
    <form className="form" onSubmit={submit}>
      <label className="field">
        <span className="field__label">Your name</span>
        <input
          className="input"
          autoComplete="username"
          required
          maxLength={100}
          value={name}
          data-testid="sign-in-name"
          onChange={(event) => setName(event.target.value)}
        />
        <span className="field__hint">
          Any name: this server is in development mode. Each name has tasks of its own.
        </span>
      </label>
      <label className="field">
        <span className="field__label">Sign-in code</span>
        <input
          className="input mono"
          type="password"
          autoComplete="off"
          required
          value={typed ?? linked}
          data-testid="sign-in-code"
          onChange={(event) => setTyped(event.target.value)}
        />
        <span className="field__hint">
          The server printed a link with it when it started: open that link, or copy what stands behind #code=.
        </span>
      </label>
      {signIn.isError && <ErrorNotice error={signIn.error} onRetry={() => signIn.mutate(name.trim())} />}
      <button
        type="submit"
        className="button button--primary button--wide"
        aria-disabled={signIn.isPending}
        data-testid="sign-in-submit"
      >
        {signIn.isPending ? 'Signing in…' : 'Sign in'}
      </button>
    </form>
  );
}

/** Sign-in with a token from the operator of the server. */
export function TokenForm(): ReactNode {
  const { session } = usePage();
  const [token, setToken] = useState('');
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (token.trim() !== '') session.signIn({ token: token.trim(), name: 'Signed in' });
  };
  return (
    <form className="form" onSubmit={submit}>
      <label className="field">
        <span className="field__label">Access token</span>
        <input
          className="input mono"
          type="password"
          autoComplete="off"
          required
          value={token}
          data-testid="sign-in-token"
          onChange={(event) => setToken(event.target.value)}
        />
        <span className="field__hint">Ask whoever runs this server for one, or make one: taskwire token.</span>
      </label>
      <button type="submit" className="button button--primary button--wide" data-testid="sign-in-submit">
        Sign in
      </button>
    </form>
  );
}
