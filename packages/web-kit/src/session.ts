import * as z from 'zod';
import { readStored, writeStored } from './stored-value.ts';
import { createValueStore, type ReadableStore } from './value-store.ts';

const SESSION_KEY = 'taskwire.session';

const sessionSchema = z.object({
  token: z.string().min(1),
  /** How the header names the signed-in person. */
  name: z.string(),
  /** When the token ends to be valid, in milliseconds since 1970; absent if that is not known. */
  expiresAt: z.exactOptional(z.number()),
});
export type SignedIn = z.infer<typeof sessionSchema>;

export interface SessionState {
  signedIn?: SignedIn;
  /** Why the reader was signed out, if it was not by their own wish. */
  notice?: string;
}

/**
 * Who is signed in, in this tab and all others of the browser. The token is kept in the browser's storage and leaves
 * it in a header only, never in an address.
 */
export interface Session extends ReadableStore<SessionState> {
  signIn: (signedIn: SignedIn) => void;
  signOut: (notice?: string) => void;
  /** The token to send, if somebody is signed in. A token past its time signs out. */
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
      if (signedIn === undefined || !isOver(signedIn, now())) return signedIn?.token;
      signOut(SESSION_OVER);
      return undefined;
    },
    close: () => page.removeEventListener('storage', followOtherTabs),
  };
}

/** What the sign-in page says when a token is past its time or refused. */
export const SESSION_OVER = 'Your session has ended. Sign in again to go on; your tasks keep running.';

function isOver(signedIn: SignedIn, now: number): boolean {
  return signedIn.expiresAt !== undefined && signedIn.expiresAt <= now;
}

function readState(storage: Storage, now: number): SessionState {
  const signedIn = readStored(storage, SESSION_KEY, sessionSchema);
  if (signedIn === undefined) return {};
  return isOver(signedIn, now) ? { notice: SESSION_OVER } : { signedIn };
}
