import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { SNIFF_BYTES, sniff } from '../../shared/formats/magic.ts';
import { MANIFEST_ENTRY, MANIFEST_HASH_ENTRY } from '../../shared/formats/traceflow/manifest.ts';
import { AppError } from '../../shared/lib/app-error.ts';
import { GUNZIP_PIECE_BYTES } from '../../shared/node/gunzip.ts';
import { openZip } from '../../shared/node/zip-reader.ts';
import { createInflationCount, inflatedCap } from './inflation.ts';
import type { OutBatch } from './out-batch.ts';
import { readArchive } from './read-archive.ts';
import { readEvidenceBatches } from './read-evidence.ts';
import { readRecordingBatches } from './read-recording.ts';
import { type SendDeps, type SendReport, sendBatches } from './send-batches.ts';

const MAX_ENTRIES = 1_000_000;
/** A chunk of an evidence file; recordings are read piece by piece. */
const MAX_ENTRY_BYTES = 256 * 1024 ** 2;

/**
 * Sends what lies in a file: rrweb events as JSON or NDJSON, plain or gzip; a zip of such files, each one a session; or a `.traceflow` file.
 * @param session its id on the server; named by the file's hash when left out. Only for a file that is one recording.
 * @throws AppError. Of a zip what is no recording is refused, and the rest goes on.
 */
export async function sendFile(file: string, deps: SendDeps, session?: string): Promise<SendReport> {
  const found = await stat(file).catch((error: unknown) => {
    throw new AppError('not-found', `${file} cannot be read.`, { cause: error });
  });
  if (!found.isFile()) throw new AppError('unsupported', `${file} is no file.`);
  const isZip = sniff(await headOf(file)).kind === 'zip';
  const sent = isZip ? sendZip(file, found.size, deps, session) : sendBatches(read(file, found.size, session), deps);
  return sent.catch((error: unknown) => {
    if (isOfServer(error) || !(error instanceof AppError)) throw error;
    throw new AppError(error.code, `${file} was not sent: ${error.message}.`, { cause: error });
  });
}

const read = (file: string, bytes: number, session: string | undefined): AsyncGenerator<OutBatch> =>
  readRecordingBatches(
    {
      pieces: () => createReadStream(file, { highWaterMark: GUNZIP_PIECE_BYTES }),
      countInflated: createInflationCount(bytes),
    },
    session,
  );

async function sendZip(file: string, bytes: number, deps: SendDeps, session: string | undefined): Promise<SendReport> {
  const maxBytes = 2 * inflatedCap(bytes); // everything is read twice
  const zip = await openZip(file, { maxEntries: MAX_ENTRIES, maxEntryBytes: MAX_ENTRY_BYTES, maxTotalBytes: maxBytes });
  try {
    if (zip.names.has(MANIFEST_ENTRY) && zip.names.has(MANIFEST_HASH_ENTRY))
      return await sendBatches(readEvidenceBatches(zip), deps);
    if (session !== undefined) throw new AppError('bad-request', 'a zip of recordings names its sessions itself');
    let [stored, known] = [0, 0];
    const refused: string[] = [];
    for (const { name, batches } of readArchive(zip, createInflationCount(bytes))) {
      const report = await sendBatches(batches, deps).catch((error: unknown): SendReport => {
        // A bomb ends all of it: the next entry may be another one.
        if (isOfServer(error) || !(error instanceof AppError) || error.code === 'too-large') throw error;
        return { stored: 0, known: 0, refused: [error.message] };
      });
      stored += report.stored;
      known += report.known;
      refused.push(...report.refused.map((reason) => `${name}: ${reason}`));
    }
    return { stored, known, refused };
  } finally {
    zip.close();
  }
}

const isOfServer = (error: unknown): boolean =>
  error instanceof AppError && (error.code === 'unauthorized' || error.code === 'offline');

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
