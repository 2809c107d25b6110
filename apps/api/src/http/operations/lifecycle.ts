import { TaskwireError } from '@taskwire/protocol';

/** Whether the process serves or is about to stop: serving → draining. */
export interface Lifecycle {
  draining: boolean;
}

/** What watchers are told when the server stops. */
export function restarting(): TaskwireError {
  return new TaskwireError('SERVICE_UNAVAILABLE', 'the server is restarting; come back in a moment');
}
