import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { HttpProblem } from './http-problem.ts';

/** Cap of a JSON body that is not a batch. */
const MAX_BYTES = 64 * 1024;

/** The body of a request as JSON of a shape. @throws HttpProblem 400 or 413. */
export async function readJson<T>(shape: z.ZodType<T>, request: IncomingMessage, maxBytes = MAX_BYTES): Promise<T> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBytes)
      throw new HttpProblem(413, 'too-large', `This takes at most ${maxBytes} bytes.`, { connection: 'close' });
    parts.push(part);
  }
  const read = shape.safeParse(parse(Buffer.concat(parts).toString('utf8')));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue?.path.length ? `"${issue.path.join('.')}" in the body` : 'The body';
  throw new HttpProblem(400, 'bad-request', `${where} is not right: ${issue?.message}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpProblem(400, 'bad-request', 'The body is no JSON.');
  }
}
