import { expect, it } from 'vitest';
import { createTaskwireClient } from '../index.ts';

const REFUSAL = {
  message: 'sign in first',
  code: -32001,
  data: { code: 'UNAUTHORIZED', httpStatus: 401, path: 'task.onProgress', taskwireCode: 'UNAUTHENTICATED', fields: [] },
};

/** Answers streams with a refusal and their end in one piece, as a browser often gets them. */
function refuseInOnePiece(): Promise<Response> {
  const text = `event: connected\ndata: {}\n\nevent: serialized-error\ndata: ${JSON.stringify(REFUSAL)}\n\n`;
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });
  return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
}

it('a refusal that arrives together with the end of its stream ends the watch, with its reason', async () => {
  const client = createTaskwireClient({ url: 'http://taskwire.test', fetch: refuseInOnePiece });
  const watch = client.watchTask('b7d90182-455b-425b-938a-84f1628175cc')[Symbol.asyncIterator]();
  await expect(watch.next()).rejects.toMatchObject({ code: 'UNAUTHENTICATED', message: 'sign in first' });
  client.close();
});
