import { TcpProxy, createTestRedis, type TestRedis } from '@taskwire/test-kit';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { connect } from './connection.ts';
import { Pinger } from './pinger.ts';

let redis: TestRedis;
let proxy: TcpProxy;

beforeAll(async () => {
  redis = await createTestRedis();
  proxy = await TcpProxy.openBefore(redis.redisUrl);
});
afterAll(async () => {
  await proxy.close();
  await redis.stop();
});

it('replaces a subscriber connection that is silent but not closed', async () => {
  const subscriber = connect(proxy.urlOf(redis.redisUrl), true);
  const sender = connect(redis.redisUrl, true);
  const pinger = new Pinger(subscriber, 100);
  const heard: string[] = [];
  subscriber.on('message', (_channel, message: string) => heard.push(message));
  await subscriber.subscribe('news');
  let returned = 0;
  subscriber.on('ready', () => {
    returned += 1;
    void subscriber.subscribe('news');
  });
  proxy.silence();
  await vi.waitFor(() => expect(returned).toBeGreaterThan(0), { timeout: 10_000 });
  await vi.waitFor(async () => {
    await sender.publish('news', 'heard');
    expect(heard).toContain('heard');
  });
  pinger.stop();
  subscriber.disconnect();
  sender.disconnect();
});

it('counts a failed ping as no answer', async () => {
  const connection = connect(redis.redisUrl, true);
  await connection.ping();
  const disconnect = vi.spyOn(connection, 'disconnect');
  vi.spyOn(connection, 'ping').mockRejectedValue(new Error('Command timed out'));
  const pinger = new Pinger(connection, 50);
  await vi.waitFor(() => expect(disconnect).toHaveBeenCalledWith(true), { timeout: 20_000 });
  pinger.stop();
  connection.disconnect();
});

it('keeps a connection that answers', async () => {
  const connection = connect(redis.redisUrl, true);
  const closed = vi.fn();
  connection.on('close', closed);
  const ping = vi.spyOn(connection, 'ping');
  const pinger = new Pinger(connection, 500);
  await vi.waitFor(() => expect(ping.mock.calls.length).toBeGreaterThan(2), { timeout: 20_000 });
  expect(closed).not.toHaveBeenCalled();
  pinger.stop();
  connection.disconnect();
});
