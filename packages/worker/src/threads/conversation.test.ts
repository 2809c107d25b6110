import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { uploadIdSchema, type UploadId } from '@taskwire/tasks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  RememberedStage,
  SendOptions,
  StageContext,
  TaskContext,
  UntypedContext,
} from '../context/task-context.ts';
import { PermanentTaskError } from '../task-error.ts';
import { typedContext } from '../context/type-assertions.ts';
import { readTask } from '../testing/test-tasks.ts';
import { openedUpload } from '../uploads/opened-upload.ts';
import { CallServer } from './call-server.ts';
import { Caller } from './caller.ts';
import { fromThreadSchema, toThreadSchema } from './messages.ts';
import { listen } from './serve-thread.ts';
import { createThreadContext } from './thread-context.ts';

const uploadFile = {
  uploadId: '7f6f7d8e-3e5a-4b0c-9d1e-2f3a4b5c6d7e',
  fileName: 'notes.txt',
  mediaType: 'text/plain',
  sizeBytes: 2_000,
  path: fileURLToPath(import.meta.url),
};

/** The two ends of the conversation between a thread and the main one, in this thread. */
class Conversation {
  readonly calls: unknown[] = [];
  readonly ctx: TaskContext<typeof readTask>;
  /** The same, without the types of its kind. */
  readonly untyped: UntypedContext;
  readonly controller = new AbortController();
  remembered: unknown;
  /** Answers to tokens wait for this. */
  gate: Promise<void> = Promise.resolve();
  readonly #channel = new MessageChannel();
  readonly #server: CallServer;

  constructor() {
    const { port1: main, port2: thread } = this.#channel;
    this.#server = new CallServer(this.#mainContext(), (message) => main.postMessage(toThreadSchema.parse(message)));
    main.on('message', (message: unknown) => {
      const parsed = fromThreadSchema.parse(message);
      if (parsed.type !== 'end') this.#server.take(parsed);
    });
    const caller = new Caller((message) => thread.postMessage(message));
    listen(thread, caller, this.controller);
    const task = { taskId: 't', ownerId: 'o', attempt: 1, stages: readTask.stages };
    this.untyped = createThreadContext(task, caller, this.controller.signal);
    this.ctx = typedContext<typeof readTask>(this.untyped);
  }

  close(): void {
    this.#channel.port1.close();
    this.#server.end();
  }

  #mainContext() {
    const log = async (level: string, message: string) => void this.calls.push(['log', level, message]);
    const stage: StageContext = {
      signal: new AbortController().signal,
      progress: async (current, total, itemName) => {
        if (current < 0) throw new RangeError('progress: current must be a number from 0 on');
        this.calls.push(['progress', current, total, itemName]);
      },
      token: async (text) => {
        this.calls.push(['token', text]);
        await this.gate;
      },
      log,
    };
    const channel = (name: string) => ({
      send: async (value: unknown, options?: SendOptions) => {
        if (name === 'no-such') throw new TypeError('channel "no-such": task kind a.b has no channel');
        this.calls.push(['channel', name, value, options]);
      },
    });
    return {
      log,
      channel,
      openUpload: async (uploadId: string) => {
        if (uploadId !== uploadFile.uploadId) throw new PermanentTaskError('UPLOAD_MISSING', 'gone');
        const { path, ...facts } = uploadFile;
        return openedUpload(facts, { read: () => createReadStream(path), localPath: async () => path });
      },
      stage: async (
        name: string,
        run: (stage: StageContext) => Promise<unknown>,
        remembered: RememberedStage<unknown> = {},
      ) => {
        if (this.remembered !== undefined && (await remembered.usable?.(this.remembered)) === true)
          return this.remembered;
        this.calls.push(['stage', name]);
        return run(stage);
      },
    };
  }
}

let talk: Conversation;

beforeEach(() => {
  talk = new Conversation();
});
afterEach(() => {
  talk.close();
});

describe('the context of a handler in a thread', () => {
  const result = { pages: 1, characters: 2, sections: 3 };

  it('does the same as the task’s own context, in the same order, and returns the result of a stage', async () => {
    const given = await talk.ctx.stage('parse', async (stage) => {
      void stage.token('a');
      void stage.token('b');
      await stage.progress(1, 2, 'page 1');
      await stage.log('warn', 'odd');
      return result;
    });
    await talk.ctx.log('info', 'over');
    expect(given).toEqual(result);
    expect(talk.calls).toEqual([
      ['stage', 'parse'],
      ['token', 'a'],
      ['token', 'b'],
      ['progress', 1, 2, 'page 1'],
      ['log', 'warn', 'odd'],
      ['log', 'info', 'over'],
    ]);
  });

  it('resolves a call only after the main thread has served it', async () => {
    let open = () => {};
    talk.gate = new Promise((resolve) => (open = resolve));
    const order: string[] = [];
    await talk.ctx.stage('index', async (stage) => {
      const written = stage.token('a').then(() => order.push('written'));
      await stage.progress(1, 2);
      order.push('opened');
      open();
      await written;
    });
    expect(order).toEqual(['opened', 'written']);
  });

  it('throws the very error of a stage’s code, and each refusal of the main thread', async () => {
    const error = new PermanentTaskError('NO_LUCK', 'no luck');
    await expect(talk.ctx.stage('index', () => Promise.reject(error))).rejects.toBe(error);
    const refused = talk.ctx.stage('index', (stage) => stage.progress(-1, 2));
    await expect(refused).rejects.toThrow('progress: current must be a number from 0 on');
  });

  it('checks the arguments of a call in the thread, with the same messages', async () => {
    const { name }: { name: string } = JSON.parse('{"name":null}');
    await talk.ctx.stage('index', async (stage) => {
      await expect(stage.progress(1, 2, name)).rejects.toThrow(
        new TypeError('progress: itemName must be a string, not null'),
      );
      await expect(stage.progress(Number.NaN, 2)).rejects.toThrow(TypeError);
      await expect(stage.token('\ude00')).rejects.toThrow(TypeError);
      await expect(stage.log('info', '\0')).rejects.toThrow(TypeError);
      await expect(talk.ctx.log('info', '\0')).rejects.toThrow(TypeError);
      await stage.token('\ud83d');
      await stage.token('\ude00');
    });
    const nothing: () => Promise<unknown> = JSON.parse('null');
    await expect(talk.ctx.stage('index', nothing)).rejects.toThrow('stage: run must be a function');
    expect(talk.calls).toEqual([
      ['stage', 'index'],
      ['token', '\u{1f600}'],
    ]);
  });

  it('sends values of channels, inside and outside of stages', async () => {
    await talk.ctx.stage('index', () => talk.ctx.channel('preview').send({ width: 7 }));
    await talk.ctx.channel('notes').send('a', { index: 0 });
    expect(talk.calls).toEqual([
      ['stage', 'index'],
      ['channel', 'preview', { width: 7 }, {}],
      ['channel', 'notes', 'a', { index: 0 }],
    ]);
  });

  it('rejects a value of a channel that is refused, or that cannot leave the thread, with a TypeError', async () => {
    const refusals = [talk.untyped.channel('no-such').send(1), talk.untyped.channel('preview').send({ draw: () => 1 })];
    await expect(refusals[0]).rejects.toThrow(new TypeError('channel "no-such": task kind a.b has no channel'));
    await expect(refusals[1]).rejects.toThrow(TypeError);
    await expect(refusals[1]).rejects.toThrow('channel "preview": the value cannot be stored');
  });

  it('rejects an argument that the main thread does not take with a TypeError, and goes on', async () => {
    const wrong = talk.untyped.channel('notes').send('a', { index: Number.NaN });
    await expect(wrong).rejects.toThrow(TypeError);
    await expect(wrong).rejects.toThrow('call.index');
    const { name }: { name: string } = JSON.parse('{"name":7}');
    await expect(talk.untyped.channel(name).send('a')).rejects.toThrow('call.channel');
    await talk.untyped.channel('notes').send('a');
    expect(talk.calls).toEqual([['channel', 'notes', 'a', {}]]);
  });

  it('opens no upload by a text that is no id, and says that the input does not name it', async () => {
    const { uploadId }: { uploadId: UploadId } = JSON.parse('{"uploadId":"/etc/passwd"}');
    await expect(talk.ctx.openUpload(uploadId)).rejects.toMatchObject({ code: 'UPLOAD_UNDECLARED', permanent: true });
  });

  it('fails a stage whose result cannot leave its thread', async () => {
    const result: { pages: number; characters: number; sections: number } = Object({ pages: () => 1 });
    const failed = talk.ctx.stage('parse', () => Promise.resolve(result));
    await expect(failed).rejects.toThrow('could not be cloned');
    await expect(failed).rejects.toMatchObject({ code: 'OUTPUT_INVALID', permanent: true });
  });

  it('returns the result of a stage that is not stored as it is', async () => {
    const image = { pixels: Buffer.from('a'), rotate: () => image };
    expect(await talk.ctx.stage('index', async () => image)).toBe(image);
  });

  it('does not run a stage whose stored result can be used', async () => {
    talk.remembered = result;
    const asked: unknown[] = [];
    const stage = (usable: boolean) =>
      talk.ctx.stage('parse', () => Promise.resolve({ ...result, pages: 9 }), {
        usable: async (found) => {
          asked.push(found);
          return usable;
        },
      });
    expect(await stage(true)).toEqual(result);
    expect(talk.calls).toEqual([]);
    expect(await stage(false)).toEqual({ ...result, pages: 9 });
    expect(asked).toEqual([result, result]);
  });

  it('opens uploads as the task’s own context does: bytes, stream, and refusals', async () => {
    const upload = await talk.ctx.openUpload(uploadIdSchema.parse(uploadFile.uploadId));
    const { path, ...facts } = uploadFile;
    expect(upload).toMatchObject(facts);
    expect(JSON.stringify(upload)).not.toContain(path);
    const content = await readFile(path, 'utf8');
    expect(Buffer.from(await upload.bytes()).toString()).toBe(content);
    expect(await text(upload.stream())).toBe(content);
    const other = uploadIdSchema.parse('0b0c9c39-63c1-4f0a-9c8e-0e9a3a8f1d22');
    await expect(talk.ctx.openUpload(other)).rejects.toMatchObject({ code: 'UPLOAD_MISSING', permanent: true });
  });

  it('throws the reason from each call after the main thread has passed the abort on', async () => {
    const reason = new Error('the attempt was stopped: canceled');
    await talk.ctx.stage('index', async (stage) => {
      talk.controller.abort(reason);
      const send = () => talk.ctx.channel('preview').send({ width: 1 });
      for (const call of [() => stage.token('x'), () => stage.progress(1, 2), () => talk.ctx.log('info', 'x'), send]) {
        await expect(call()).rejects.toBe(reason);
      }
    });
    expect(talk.calls).toEqual([['stage', 'index']]);
  });
});
