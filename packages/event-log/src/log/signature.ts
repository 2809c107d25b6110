import { createHash, randomBytes } from 'node:crypto';

/** Offered to logs that have no secret yet; each keeps the first that it was offered. */
export const OFFERED_SECRET = randomBytes(16).toString('hex');

const SIGNED = /^(\d{1,15}\n)?\{"mac":"([0-9a-f]{40})",/;

/** A message of a channel that no script of the log has published, as far as is known here. */
export class UnsignedMessageError extends Error {
  constructor() {
    super('the message is not signed by its log');
    this.name = 'UnsignedMessageError';
  }
}

/**
 * Checks what a channel brings: anybody who reaches Redis may publish there, but only the log's own scripts know the
 * secret in its meta hash. The secret is unknown, then current, and doubtful after a message whose signature does not fit:
 * the log may have been begun anew, with another one. A doubtful secret is used until `ready` has read it again.
 */
export class Signature {
  readonly #channel: string;
  readonly #loadSecret: () => Promise<string | undefined>;
  #secret: string | undefined;
  #isCurrent = false;

  constructor(channel: string, loadSecret: () => Promise<string | undefined>) {
    this.#channel = channel;
    this.#loadSecret = loadSecret;
  }

  /** The message without its signature. @throws UnsignedMessageError unless the log has published it. */
  verified(message: string): string {
    const [start = '', head = '', mac] = SIGNED.exec(message) ?? [];
    const payload = `${head}{${message.slice(start.length)}`;
    if (this.#secret !== undefined && mac === signatureOf(this.#secret, this.#channel, payload)) return payload;
    this.#isCurrent = false;
    throw new UnsignedMessageError();
  }

  /** Reads the secret unless it is current. */
  async ready(): Promise<void> {
    if (this.#isCurrent) return;
    this.#isCurrent = true;
    try {
      this.#secret = await this.#loadSecret();
      if (this.#secret === undefined) this.#isCurrent = false;
    } catch (error) {
      this.#isCurrent = false;
      throw error;
    }
  }
}

/** Signs as the scripts do. The secret is at both ends: a hash that only begins with it can be extended without it. */
function signatureOf(secret: string, channel: string, payload: string): string {
  return createHash('sha1').update(`${secret}${channel}\n${payload}${secret}`).digest('hex');
}
