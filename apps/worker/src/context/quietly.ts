/**
 * The same function, whose promise may be left alone: a handler that does not await a call must not bring the process
 * down when the call fails. Whoever does await it gets the failure.
 */
export function quietly<Parameters extends unknown[], Value = void>(
  call: (...parameters: Parameters) => Promise<Value>,
): (...parameters: Parameters) => Promise<Value> {
  return (...parameters) => {
    const promise = call(...parameters);
    promise.catch(() => undefined);
    return promise;
  };
}
