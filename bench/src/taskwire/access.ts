import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import * as z from 'zod';

/** The user that creates and watches everything in a benchmark. */
export const USER = 'bench';

/** A secret for one run of the api. */
export function newSecret(): string {
  return randomBytes(32).toString('hex');
}

/** A token as another service that knows the secret would sign it; good for a day. */
export function signToken(secret: string, user = USER): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(user)
    .setIssuer('taskwire')
    .setAudience('taskwire')
    .setExpirationTime('24h')
    .sign(new TextEncoder().encode(secret));
}

const answerSchema = z.object({ result: z.object({ data: z.object({ taskId: z.string(), projectId: z.string() }) }) });

export interface TaskPlace {
  taskId: string;
  projectId: string;
}

export interface TaskRequest {
  kind: 'demo.text' | 'demo.count';
  input: Record<string, number>;
}

/** Creates a task over HTTP. @throws Error with the api's answer if it refuses. */
export async function createTask(api: { url: string; token: string }, request: TaskRequest): Promise<TaskPlace> {
  const response = await fetch(`${api.url}/trpc/task.create`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${api.token}` },
    body: JSON.stringify(request),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`task.create answered ${response.status}: ${text.slice(0, 400)}`);
  return answerSchema.parse(JSON.parse(text)).result.data;
}
