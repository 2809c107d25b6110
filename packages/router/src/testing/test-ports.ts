import type { TaskList } from '@taskwire/tasks';
import { MemoryPorts as Ports } from '../in-memory/memory-ports.ts';
import { testTasks } from './test-router.ts';

/** Ports in memory for tests, with the kinds of the tests if none are given. */
export class MemoryPorts extends Ports {
  constructor(tasks: TaskList = testTasks) {
    super(tasks);
  }
}
