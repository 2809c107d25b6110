// The entry point of a box: a process that reads one document from standard input and sends the result.
import { fstatSync, readSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { NEXT_BATCH } from './box-channel.ts';
import { closeNetwork } from './inside/box-guard.ts';
import type { BoxMessage } from './box-messages.ts';
import { boxItems } from './inside/box-items.ts';
import { decodeBoxRequest } from './box-request.ts';
import { sendAsAsked } from './inside/send-as-asked.ts';

const STANDARD_INPUT = 0;

closeNetwork();
const argument = process.argv[2] ?? '';
const { job, limits } = decodeBoxRequest(argument);
const watchdog = new Worker(new URL('./box-watchdog.js', import.meta.url), { workerData: argument, env: {} });
watchdog.on('error', (error) => {
  throw error;
});

process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// A library may leave a rejection of a part that it gave up. The document's reading goes on.
process.on('unhandledRejection', (reason) => process.stderr.write(`unhandled rejection: ${String(reason)}\n`));

/** All bytes of the document. Their memory is not shared, because pdf.js takes it over. */
function readDocument(): Uint8Array {
  const bytes = new Uint8Array(fstatSync(STANDARD_INPUT).size);
  let length = 0;
  for (;;) {
    const read = readSync(STANDARD_INPUT, bytes, length, bytes.length - length, length);
    length += read;
    if (read === 0 || length === bytes.length) return bytes.subarray(0, length);
  }
}

/** Tells the watchdog the number of items of each batch. */
async function* watched(batches: AsyncIterable<unknown[]>): AsyncGenerator<unknown[], void> {
  for await (const items of batches) {
    watchdog.postMessage(items.length);
    yield items;
  }
}

const send = (message: BoxMessage) => void process.send?.(message);
send({ type: 'ready' });
void sendAsAsked(watched(boxItems(job, readDocument(), limits)), {
  send,
  onAsked: (listener) => process.on('message', (message) => message === NEXT_BATCH && listener()),
});
