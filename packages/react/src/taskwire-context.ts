import type { TaskwireClient } from '@taskwire/client';
import { createContext, useContext } from 'react';

export const TaskwireContext = createContext<TaskwireClient | undefined>(undefined);

/**
 * The client that the nearest TaskwireProvider was given.
 * @throws Error outside of a TaskwireProvider.
 */
export function useTaskwire(): TaskwireClient {
  const client = useContext(TaskwireContext);
  if (client === undefined)
    throw new Error('put a <TaskwireProvider client={…}> around the components that use Taskwire');
  return client;
}
