/** A `fetch` whose answers lose one SSE frame: the n-th that holds an event of the type. */
export function droppingFetch(type: string, place: number): typeof fetch {
  let seen = 0;
  return async (input, init) => {
    const response = await fetch(input, init);
    if (response.body === null || response.headers.get('content-type')?.startsWith('text/event-stream') !== true) {
      return response;
    }
    const dropped = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(
      framesWithout((frame) => {
        if (!frame.includes(`"type":"${type}"`)) return false;
        seen += 1;
        return seen === place;
      }),
    );
    const { status, headers } = response;
    const spoiled = new Response(dropped.pipeThrough(new TextEncoderStream()), { status, headers });
    // An EventSource checks where it was sent, which a made-up answer does not tell.
    Object.defineProperty(spoiled, 'url', { value: response.url });
    return spoiled;
  };
}

function framesWithout(isToBeDropped: (frame: string) => boolean): TransformStream<string, string> {
  let rest = '';
  return new TransformStream({
    transform(chunk, controller) {
      const frames = (rest + chunk).split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames) if (!isToBeDropped(frame)) controller.enqueue(`${frame}\n\n`);
    },
    flush(controller) {
      if (rest !== '') controller.enqueue(rest);
    },
  });
}
