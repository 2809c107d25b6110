import { ChildBout } from '../child-bout.ts';
import type { Contestant } from '../contestant.ts';
import type { WatchRecord } from '../record.ts';
import { StreamFollower } from './follow-stream.ts';

function watch({ url, record }: { url: string; record: WatchRecord }): Promise<() => Promise<void>> {
  const follower = new StreamFollower(url, record);
  const running = follower.run();
  return Promise.resolve(() => {
    follower.stop();
    return running;
  });
}

const NO_LOG = 'nothing is kept in Redis that could be trimmed: the producer holds the whole stream in its memory';

export const resumableStream: Contestant = {
  name: 'resumable-stream',
  packages: ['resumable-stream'],
  configuration:
    'createNewResumableStream in the producer, resumeExistingStream(id, resumeAt) in the server, in two processes; a ' +
    'client that counts characters and comes back with resumeAt; 422, or an error five times in a row, counts as a ' +
    'signal and as the end',
  documentation: ['https://github.com/vercel/resumable-stream#readme'],
  notApplicable: { 'trimmed-while-away': NO_LOG, 'trimmed-and-restarted': NO_LOG },
  open: (workload) =>
    ChildBout.open({
      workload,
      server: new URL('./server.ts', import.meta.url),
      producer: new URL('./producer.ts', import.meta.url),
      cutBefore: 'server',
      replaceable: false,
      watch,
      trim: () => Promise.reject(new Error(NO_LOG)),
    }),
  dispose: () => Promise.resolve(),
};
