import * as z from 'zod';
import { errorCodeOf } from '../page/error-words.ts';
import { readStored, writeStored } from '../stores/stored-value.ts';
import { createValueStore, type ReadableStore } from '../stores/value-store.ts';

const SESSION_KEY = 'taskwire.session';

const sessionSchema = z.object({
  token: z.string().min(1),
  /** The signed-in person in the header. */
  name: z.string(),
  /** The end of the token's validity in milliseconds since 1970; absent if unknown. */
  expiresAt: z.exactOptional(z.number()),
});
export type SignedIn = z.infer<typeof sessionSchema>;

export interface SessionState {
  signedIn?: SignedIn;
  /** Why the app signed the reader out; absent if they signed out themselves. */
  notice?: string;
}

/**
 * The signed-in person, shared by all tabs of the browser. The browser's storage keeps the token. Requests carry it in
 * a header, never in an address.
 */
export interface Session extends ReadableStore<SessionState> {
  signIn: (signedIn: SignedIn) => void;
  signOut: (notice?: string) => void;
  /** The token for requests; undefined if nobody is signed in. An expired token signs the reader out. */
  token: () => string | undefined;
  close: () => void;
}

/** The session of a page. `now` is the clock, in milliseconds since 1970. */
export function createSession(page: Window, now: () => number = Date.now): Session {
  const storage = page.localStorage;
  const store = createValueStore<SessionState>(readState(storage, now()));

  function signOut(notice?: string): void {
    writeStored(storage, SESSION_KEY, undefined);
    store.set(notice === undefined ? {} : { notice });
  }

  const followOtherTabs = (event: StorageEvent): void => {
    if (event.key === SESSION_KEY || event.key === null) store.set(readState(storage, now()));
  };
  page.addEventListener('storage', followOtherTabs);

  return {
    subscribe: store.subscribe,
    getSnapshot: store.getSnapshot,
    signIn(signedIn) {
      writeStored(storage, SESSION_KEY, signedIn);
      store.set({ signedIn });
    },
    signOut,
    token() {
      const { signedIn } = store.getSnapshot();
      if (signedIn === undefined || !isExpired(signedIn, now())) return signedIn?.token;
      signOut(SESSION_OVER);
      return undefined;
    },
    close: () => page.removeEventListener('storage', followOtherTabs),
  };
}

/** Notice of the sign-in page after a token has expired or was refused. */
export const SESSION_OVER = 'Your session has ended. Sign in again to go on; your tasks keep running.';

/** Signs the reader out if `error` says that the server refused their token. */
export function signOutIfRefused(session: Session, error: unknown): void {
  const isSignedIn = session.getSnapshot().signedIn !== undefined;
  if (isSignedIn && errorCodeOf(error) === 'UNAUTHENTICATED') session.signOut(SESSION_OVER);
}

function isExpired(signedIn: SignedIn, now: number): boolean {
  return signedIn.expiresAt !== undefined && signedIn.expiresAt <= now;
}

function readState(storage: Storage, now: number): SessionState {
  const signedIn = readStored(storage, SESSION_KEY, sessionSchema);
  if (signedIn === undefined) return {};
  return isExpired(signedIn, now) ? { notice: SESSION_OVER } : { signedIn };
}
