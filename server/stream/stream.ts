import { setTimeout as wait } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { STREAM_CLOSE, type StreamMessage, type StreamQuery } from '../../shared/wire/stream.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { toProblem } from '../http/to-problem.ts';
import type { BatchTaker, Sender } from '../ingest/take-batch.ts';
import type { Limits } from '../limits.ts';
import { readFrame } from './read-frame.ts';

/** One open WebSocket. */
export interface Stream {
  /** Hangs up on what is dead, slow or silent; called now and then. */
  check(now: number): void;
  /** Takes nothing more, acknowledges what it has, then closes. */
  drain(): Promise<void>;
  /** Hangs up. */
  end(): void;
}

/** What a stream works with. Bytes are counted by the gateway over all streams. */
export interface StreamDeps {
  readonly taker: BatchTaker;
  readonly limits: Limits;
  readonly clock: () => number;
  /** @returns false when all streams together hold too much. */
  hold(bytes: number): boolean;
  release(bytes: number): void;
  /** Told of what is the server's fault. */
  failed(error: unknown): void;
}

/** A client that does not read its acknowledgements. */
const MAX_UNREAD_BYTES = 1024 * 1024;

/** Runs a stream that was let in. */
export function runStream(
  socket: WebSocket,
  query: StreamQuery,
  sender: Sender,
  next: number,
  deps: StreamDeps,
): Stream {
  const { taker, limits, clock } = deps;
  const pending = new Set<Promise<void>>();
  let inFlight = 0;
  let isOver = false;
  /** Frames are let in one after the other, as they came; what was let in goes to the disk together. */
  let admission: Promise<void> = Promise.resolve();
  let isAnswering = true;
  let pingAt = clock() + limits.streamPingMs;
  let lastBatchAt = clock();

  function say(message: StreamMessage): void {
    if (socket.readyState !== socket.OPEN) return;
    socket.send(JSON.stringify(message));
    if (socket.bufferedAmount > MAX_UNREAD_BYTES) socket.terminate();
  }

  function close(code: number, reason: string): void {
    isOver = true;
    socket.close(code, reason);
  }

  function refuse(error: unknown, first: number | null, count: number | null): void {
    const problem = toProblem(error);
    if (problem.status === 500) deps.failed(error);
    const { status, code, message } = problem;
    const ends = status !== 400 && status !== 409;
    const retryAfterMs = Number(problem.headers['retry-after'] ?? (status >= 500 ? 2 : 0)) * 1000;
    say({ kind: 'problem', first, count, code, message, retryAfterMs: retryAfterMs > 0 ? retryAfterMs : null });
    if (ends) close(status < 500 ? STREAM_CLOSE.refused : STREAM_CLOSE.later, code);
  }

  /** Who sends too fast is not refused but not read from until it may send again. */
  async function admitInTime(bytes: number): Promise<string> {
    for (;;) {
      try {
        return await taker.admit(query.key, sender, bytes);
      } catch (error) {
        if (!(error instanceof HttpProblem) || error.status !== 429 || isOver) throw error;
        socket.pause();
        await wait(Number(error.headers['retry-after']) * 1000);
        readOn();
      }
    }
  }

  function readOn(): void {
    if (!isOver && inFlight <= limits.streamBytes) socket.resume();
  }

  async function take(frame: Buffer): Promise<void> {
    if (isOver) return release(frame.length);
    let batch: ReturnType<typeof readFrame> | undefined;
    try {
      batch = readFrame(frame, query);
      const { head, body } = batch;
      const project = await admitInTime(body.bytes);
      const kept = taker
        .keep(head, project, body, sender)
        .then(
          ({ next: lacks, duplicate }) =>
            say({ kind: 'ack', first: head.first, count: head.count, next: lacks, duplicate }),
          (error) => refuse(error, head.first, head.count),
        )
        .finally(() => {
          pending.delete(kept);
          release(frame.length);
        });
      pending.add(kept);
    } catch (error) {
      refuse(error, batch?.head.first ?? null, batch?.head.count ?? null);
      release(frame.length);
    }
  }

  function release(bytes: number): void {
    inFlight -= bytes;
    deps.release(bytes);
    readOn();
  }

  socket.on('message', (data: Buffer, isBinary) => {
    isAnswering = true;
    if (isOver) return;
    if (!isBinary) return close(STREAM_CLOSE.notBinary, 'batches are binary');
    lastBatchAt = clock();
    inFlight += data.length;
    if (!deps.hold(data.length)) refuse(busy(), null, null);
    if (inFlight > limits.streamBytes) socket.pause();
    admission = admission.then(() => take(data));
  });
  socket.on('pong', () => {
    isAnswering = true;
  });
  socket.on('error', () => undefined); // a frame that is too large or none at all: the protocol closes by itself
  socket.once('close', () => {
    isOver = true;
  });
  say({ kind: 'hello', next, batchBytes: limits.batchBytes, inFlightBytes: limits.streamBytes });

  return {
    check(now) {
      if (now - lastBatchAt > limits.streamIdleMs && inFlight === 0) return close(STREAM_CLOSE.idle, 'idle');
      if (now < pingAt || socket.isPaused) return;
      if (!isAnswering) return socket.terminate();
      isAnswering = false;
      pingAt = now + limits.streamPingMs;
      socket.ping();
    },
    async drain() {
      isOver = true;
      socket.pause();
      await admission;
      await Promise.all(pending);
      socket.resume(); // to hear the other side close
      socket.close(STREAM_CLOSE.goingAway, 'stopping');
    },
    end: () => socket.terminate(),
  };
}

const busy = (): HttpProblem =>
  new HttpProblem(503, 'busy', 'The server is receiving too much at a time.', { 'retry-after': '2' });
