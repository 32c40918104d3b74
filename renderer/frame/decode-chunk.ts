import { AppError } from '../../shared/lib/app-error.ts';

/** A chunk may inflate to at most this much: eight of the largest batches a server accepts. */
const MAX_INFLATED_BYTES = 512 * 1024 * 1024;

const OPENING_BRACKET = 0x5b;

/**
 * The events of a stored chunk: a JSON array, gzip or plain as it arrived; the first byte tells. Stops as soon as it inflates to more than the cap.
 * @throws AppError `too-large` or `damaged`
 */
export async function decodeChunk(bytes: Uint8Array, maxBytes = MAX_INFLATED_BYTES): Promise<unknown[]> {
  const text = new TextDecoder();
  const parts: string[] = [];
  let size = 0;
  try {
    const stored = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
    const inflated = bytes[0] === OPENING_BRACKET ? stored : stored.pipeThrough(new DecompressionStream('gzip'));
    for (const reader = inflated.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > maxBytes) {
        await reader.cancel();
        throw new AppError('too-large', `A part of the recording is larger than ${maxBytes >> 20} MB.`);
      }
      parts.push(text.decode(value, { stream: true }));
    }
    const events: unknown = JSON.parse(parts.join('') + text.decode());
    if (Array.isArray(events)) return events;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('damaged', 'A part of the recording is damaged and cannot be read.', { cause: error });
  }
  throw new AppError('damaged', 'A part of the recording is not a list of events.');
}
