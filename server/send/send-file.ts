import { open, stat } from 'node:fs/promises';
import { SNIFF_BYTES, sniff } from '../../shared/formats/magic.ts';
import { AppError } from '../../shared/lib/app-error.ts';
import { readEvidenceBatches } from './read-evidence.ts';
import { readRecordingBatches } from './read-recording.ts';
import { type SendDeps, type SendReport, sendBatches } from './send-batches.ts';

/**
 * Sends a recording that lies in a file: rrweb events as JSON or NDJSON, plain or gzip, or a `.traceflow` file.
 * @param session its id on the server; named by the file's hash when left out. Not for `.traceflow` files, whose sessions have theirs.
 * @throws AppError.
 */
export async function sendFile(file: string, deps: SendDeps, session?: string): Promise<SendReport> {
  const found = await stat(file).catch((error: unknown) => {
    throw new AppError('not-found', `${file} cannot be read.`, { cause: error });
  });
  if (!found.isFile()) throw new AppError('unsupported', `${file} is no file.`);
  const batches =
    sniff(await headOf(file)).kind === 'zip'
      ? readEvidenceBatches(file, found.size)
      : readRecordingBatches(file, found.size, session);
  return sendBatches(batches, deps).catch((error: unknown) => {
    if (error instanceof AppError && (error.code === 'unauthorized' || error.code === 'offline')) throw error;
    if (!(error instanceof AppError)) throw error;
    throw new AppError(error.code, `${file} was not sent: ${error.message}.`, { cause: error });
  });
}

async function headOf(file: string): Promise<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    const head = new Uint8Array(SNIFF_BYTES);
    const { bytesRead } = await handle.read(head, 0, SNIFF_BYTES, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
