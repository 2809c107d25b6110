import { publishNumbers, readSettings, tellHarness } from '../child-side.ts';
import { producerSettingsSchema } from '../settings.ts';
import { createPublisher } from './publisher.ts';

const { redisUrl, workload } = readSettings(producerSettingsSchema);
const publisher = await createPublisher(redisUrl);
tellHarness({ type: 'ready' });
await publishNumbers(workload, 1, (number) => publisher.publish('task', { number, last: number === workload.events }));
