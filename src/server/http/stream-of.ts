import type { Bytes } from '../../bytes/bytes.ts';

/**
 * A failure on the way breaks the connection off: half a file never looks like a whole one.
 *
 * @param maxIdleMs - When nobody has taken the next part for so long, the parts end and the connection is broken off.
 */
export function streamOf(parts: AsyncGenerator<Bytes>, maxIdleMs?: number): ReadableStream<Bytes> {
  let idle: NodeJS.Timeout | undefined;
  const breakOff = (controller: ReadableStreamDefaultController<Bytes>) => {
    controller.error(new Error(`nobody has read on for ${maxIdleMs} ms`));
    void parts.return(undefined);
  };
  return new ReadableStream<Bytes>({
    async pull(controller) {
      clearTimeout(idle);
      const { done, value } = await parts.next();
      if (done) return controller.close();
      controller.enqueue(value);
      if (maxIdleMs !== undefined) idle = setTimeout(breakOff, maxIdleMs, controller).unref();
    },
    async cancel() {
      clearTimeout(idle);
      await parts.return(undefined);
    },
  });
}
