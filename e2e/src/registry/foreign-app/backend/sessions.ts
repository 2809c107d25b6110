import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Request, Response } from 'express';
import { addSession, memberOf } from './database';

const COOKIE = 'bakery_session';

export async function logIn(request: Request, response: Response): Promise<void> {
  const { member } = request.body as { member: string };
  const id = randomUUID();
  await addSession(id, member);
  response.cookie(COOKIE, id, { httpOnly: true, sameSite: 'lax' }).json({ member });
}

/** The member whose session a request's cookie names. */
export async function memberOfRequest({ headers }: IncomingMessage): Promise<string | undefined> {
  const id = new RegExp(`(?:^|; )${COOKIE}=([^;]+)`).exec(headers.cookie ?? '')?.[1];
  return id === undefined ? undefined : memberOf(id);
}
