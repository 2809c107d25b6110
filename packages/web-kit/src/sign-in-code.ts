import * as z from 'zod';
import { readStored, writeStored } from './stored-value.ts';

const CODE_KEY = 'taskwire.sign-in-code';

/**
 * The code of the link that the reader came by: `#code=…`. It is taken out of the address, so that it is in no bookmark and
 * no picture of the screen, and stays in this tab for a reload.
 * @returns an empty text if there is none.
 */
export function takeSignInCode(page: Window): string {
  const given = new URLSearchParams(page.location.hash.replace(/^#/, '')).get('code');
  if (given === null) return readStored(page.sessionStorage, CODE_KEY, z.string()) ?? '';
  writeStored(page.sessionStorage, CODE_KEY, given);
  page.history.replaceState(page.history.state, '', page.location.pathname + page.location.search);
  return given;
}
