import { createHash } from 'node:crypto';
import type { BatchHead } from '../../shared/wire/batch.ts';
import { MAX_STREAM_HEAD_BYTES, type StreamQuery } from '../../shared/wire/stream.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { readHead } from '../ingest/read-head.ts';
import type { Body } from '../storage/storage.ts';

const LINE_FEED = 0x0a;

/** A batch out of a frame: one line of JSON, a line feed, the body. @throws HttpProblem 400 that names what is wrong. */
export function readFrame(frame: Buffer, stream: StreamQuery): { readonly head: BatchHead; readonly body: Body } {
  const end = frame.subarray(0, MAX_STREAM_HEAD_BYTES).indexOf(LINE_FEED);
  if (end === -1) throw new HttpProblem(400, 'bad-request', 'A frame begins with its head, one line of JSON.');
  // What the stream was opened for stands last: a frame cannot speak for another generation.
  const head = readHead({ ...parse(frame.toString('utf8', 0, end)), ...stream });
  const bytes = frame.subarray(end + 1);
  const sha256 = createHash('sha256').update(bytes).digest();
  return { head, body: { parts: [bytes], bytes: bytes.length, sha256 } };
}

function parse(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Said below: what is wrong in it nobody can use.
  }
  throw new HttpProblem(400, 'bad-request', "A frame's head is no JSON object.");
}
