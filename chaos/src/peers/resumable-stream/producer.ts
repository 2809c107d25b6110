import { publishUnacknowledged, readSettings, tellHarness } from '../child-side.ts';
import { producerSettingsSchema } from '../settings.ts';
import { createContext, STREAM_ID } from './context.ts';

const { redisUrl, workload } = readSettings(producerSettingsSchema);

function makeStream(): ReadableStream<string> {
  return new ReadableStream<string>({
    async start(controller) {
      await publishUnacknowledged(workload, (number) => controller.enqueue(`data: ${JSON.stringify({ number })}\n\n`));
      controller.close();
    },
  });
}

// The library reads the stream to its end by itself; watchers come by the server.
const context = await createContext(redisUrl);
await context.createNewResumableStream(STREAM_ID, makeStream);
tellHarness({ type: 'ready' });
