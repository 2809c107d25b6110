import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { TaskwireError } from '@taskwire/protocol';

/** Most wrong codes in one window. After them every code is refused until the window is over. */
const MOST_WRONG_CODES = 10;
/** Length (ms) of the window. */
const WINDOW_MS = 60_000;

/** A code of 128 random bits, safe in an address. */
export function newSignInCode(): string {
  return randomBytes(16).toString('base64url');
}

/** The page that fills the code in. Behind the #, so that no browser sends it and no log holds it. */
export function signInLink(url: string, code: string): string {
  return `${url}/#code=${code}`;
}

/** Checks the codes of sign-ins by a name: open → closed for the rest of the window after too many wrong ones. */
export class SignInCode {
  readonly #digest: Buffer;
  readonly #clock: () => number;
  #wrong = 0;
  #windowEnd = 0;

  /** @param clock milliseconds from any fixed point on. */
  constructor(code: string, clock: () => number = () => performance.now()) {
    this.#digest = digestOf(code);
    this.#clock = clock;
  }

  /** @throws TaskwireError INVALID_INPUT, naming the field, for a wrong code; TOO_MANY_REQUESTS after too many of them. */
  check(given: string): void {
    const now = this.#clock();
    if (now >= this.#windowEnd) this.#wrong = 0;
    if (this.#wrong >= MOST_WRONG_CODES) {
      throw new TaskwireError('TOO_MANY_REQUESTS', 'code: too many wrong ones were tried; try again in a minute');
    }
    if (timingSafeEqual(digestOf(given), this.#digest)) return;
    if (this.#wrong === 0) this.#windowEnd = now + WINDOW_MS;
    this.#wrong += 1;
    const message = 'is not the one of this start of the server: open the link that the server printed';
    throw new TaskwireError('INVALID_INPUT', `code: ${message}`, { fields: [{ path: 'code', message }] });
  }
}

/** Digests have one length, which the comparison needs, and do not show that of the code. */
function digestOf(code: string): Buffer {
  return createHash('sha256').update(code).digest();
}
