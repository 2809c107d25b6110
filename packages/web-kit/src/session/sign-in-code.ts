import * as z from 'zod';
import { readStored, writeStored } from '../stores/stored-value.ts';
import { createValueStore, type ReadableStore } from '../stores/value-store.ts';

const CODE_KEY = 'taskwire.sign-in-code';

/** The code of the sign-in link that the reader opened; empty if there was none. */
export interface SignInCode extends ReadableStore<string> {
  close: () => void;
}

/**
 * Takes the code out of the address (`#code=…`), now and after each change of the address. Bookmarks and screenshots
 * therefore do not contain it. The storage of this tab keeps the code for a reload.
 */
export function createSignInCode(page: Window): SignInCode {
  const store = createValueStore(takeCode(page));
  const update = (): void => store.set(takeCode(page));
  page.addEventListener('hashchange', update);
  return {
    subscribe: store.subscribe,
    getSnapshot: store.getSnapshot,
    close: () => page.removeEventListener('hashchange', update),
  };
}

function takeCode(page: Window): string {
  const given = new URLSearchParams(page.location.hash.replace(/^#/, '')).get('code');
  if (given === null) return readStored(page.sessionStorage, CODE_KEY, z.string()) ?? '';
  writeStored(page.sessionStorage, CODE_KEY, given);
  page.history.replaceState(page.history.state, '', page.location.pathname + page.location.search);
  return given;
}
