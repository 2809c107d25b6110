import { publishUnacknowledged, readSettings, tellHarness } from '../child-side.ts';
import { producerSettingsSchema } from '../settings.ts';
import { createNode, ROOM } from './node.ts';

const { redisUrl, workload } = readSettings(producerSettingsSchema);
const { io } = createNode(redisUrl);
tellHarness({ type: 'ready' });
await publishUnacknowledged(workload, (number) => io.to(ROOM).emit('event', { number }));
io.to(ROOM).emit('completed');
