/** A failure of a command that no server takes part in. The message gives the cause and the remedy. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
}
