// A process for dev-stack.test.ts. It starts a stack, prints its addresses, and waits to be killed.
import { startDevStack } from '../dev-stack.ts';

const [dataDirectory] = process.argv.slice(2);
if (dataDirectory === undefined) {
  throw new Error('usage: test-stack-holder.ts DATA-DIRECTORY');
}
const { databaseUrl, redisUrl } = await startDevStack({ dataDirectory });
process.stdout.write(`${JSON.stringify([databaseUrl, redisUrl])}\n`);
setInterval(() => undefined, 60_000);
