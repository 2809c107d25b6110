// A process that makes events at a rate and hands each to a peer.
import { pace } from '../../load/pace.ts';
import { sampleEvent, type SampleEvent } from '../../load/sample-event.ts';
import { openBullmq, openHttp } from './open-publisher.ts';
import { publishOrderSchema, targetSchema, type Target } from './start-publisher.ts';

type Send = (event: SampleEvent) => Promise<unknown>;

function open(target: Target): Promise<Send> {
  switch (target.kind) {
    case 'http':
      return Promise.resolve(openHttp(target.url));
    case 'bullmq':
      return openBullmq(target.redisUrl);
  }
}

const send = await open(targetSchema.parse(JSON.parse(process.argv[2] ?? 'null')));
let made = 0;

function answer(): void {
  process.send?.({ done: true });
}

process.on('disconnect', () => process.exit());
process.on('message', (raw) => {
  const { type, rate, count } = publishOrderSchema.parse(raw);
  void pace({ rate, count }, () => {
    made += 1;
    return send(sampleEvent(type, made));
  }).then(answer);
});
answer();
