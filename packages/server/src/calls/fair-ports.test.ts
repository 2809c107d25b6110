import { MemoryPorts } from '@taskwire/router/testing';
import { expect, it, vi } from 'vitest';
import { CallStatistics } from './call-limits.ts';
import { fairPorts } from './fair-ports.ts';
import { FairTurns } from './fair-turns.ts';

it('files of uploads that a far storage is slow to remove keep no turn at the database', async () => {
  const ports = new MemoryPorts();
  const removed = vi.spyOn(ports.uploads, 'deleteUnused').mockReturnValue(new Promise(() => undefined));
  const turns = new FairTurns({ most: 1, mostPerUser: 1, mostWaitingPerUser: 1 }, new CallStatistics());
  const { uploads, projects } = fairPorts(ports, 'ada', turns);
  void uploads.deleteUnused([]);
  expect(await uploads.find('none')).toBeUndefined();
  expect(await projects.find('none')).toBeUndefined();
  expect(removed).toHaveBeenCalledWith([]);
});
