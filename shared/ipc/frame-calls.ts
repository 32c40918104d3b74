import { z } from 'zod';
import { ChunkInfo } from '../model/session.ts';
import { read } from './call.ts';

/** Everything a replay frame may ask of the engine. Its port is bound to one session when it is made. */
export const frameCalls = {
  'frame.chunks': read(z.void(), z.array(ChunkInfo)),
  /** Chunks from an index on, in order of arrival; waits until there are some. */
  'frame.more': read(z.object({ from: z.number().int().nonnegative() }), z.array(ChunkInfo)),
  'frame.chunk': read(z.object({ index: z.number().int().nonnegative() }), z.instanceof(Uint8Array)),
} as const;
export type FrameCalls = typeof frameCalls;
