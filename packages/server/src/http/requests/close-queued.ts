import type { RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Closes the responses of pipelined requests with their connection. Node closes only the response that is being written.
 * Responses behind it would never close, and their places would never be freed.
 */
export function closeQueued(answer: RequestListener): RequestListener {
  const queues = new WeakMap<Socket, Set<ServerResponse>>();
  return (request, response) => {
    // Without a socket an earlier response on the same connection is not finished yet.
    if (response.socket === null) {
      const queue = queues.get(request.socket) ?? newQueue(request.socket);
      queues.set(request.socket, queue);
      queue.add(response);
      response.once('close', () => void queue.delete(response));
    }
    answer(request, response);
  };
}

/** A queue has one listener, because a connection may have many requests. */
function newQueue(socket: Socket): Set<ServerResponse> {
  const queue = new Set<ServerResponse>();
  socket.once('close', () => {
    for (const response of queue) {
      if (response.socket !== null) continue;
      response.destroy();
      response.emit('close');
    }
  });
  return queue;
}
