/** The same error, fit for a log: ioredis puts the refused command on it, with the password if that was AUTH. */
export function withoutCommand(error: Error): Error {
  Reflect.deleteProperty(error, 'command');
  return error;
}
