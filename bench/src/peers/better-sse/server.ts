import { createChannel, createSession } from 'better-sse';
import { serve } from '../serve.ts';

const channel = createChannel();

serve({
  watch: async (request, response) => channel.register(await createSession(request, response)),
  broadcast: (event) => channel.broadcast(event, 'progress', { eventId: String(event.seq) }),
});
