import { z } from 'zod';
import { SessionKey } from '../model/identity.ts';
import { read, write } from './call.ts';

/** What the engine process needs to know before it can start. Paths are absolute. */
export const EngineConfig = z.object({
  profileDir: z.string(),
  demoDir: z.string().nullable(),
  sdkFile: z.string().nullable(),
  /** Folder of the built worker entries, `<name>.js`. */
  workersDir: z.string(),
  nativeBinding: z.string().nullable(),
});
export type EngineConfig = z.infer<typeof EngineConfig>;

/**
 * What the shell sends to the engine process: `start` once, first; then ports, each with what its other end may do.
 * The `secrets` port is the only one on which the engine is the caller (see `secretCalls`).
 */
export const ToEngineProcess = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), config: EngineConfig }),
  z.object({
    kind: z.literal('port'),
    port: z.discriminatedUnion('role', [
      z.object({ role: z.literal('window') }),
      z.object({ role: z.literal('frame'), key: SessionKey }),
      z.object({ role: z.literal('shell') }),
      z.object({ role: z.literal('secrets') }),
    ]),
  }),
  /** Finish what must not be lost, then exit. */
  z.object({ kind: z.literal('stop') }),
]);
export type ToEngineProcess = z.infer<typeof ToEngineProcess>;

/** What the engine process says back: `ready` when calls can be served, `failed` (then it exits) when it cannot start. */
export const FromEngineProcess = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('failed'), message: z.string() }),
]);
export type FromEngineProcess = z.infer<typeof FromEngineProcess>;

/** Exit code of an engine that said why it cannot start: starting it again would not help. */
export const ENGINE_REFUSED = 3;

const name = z.object({ name: z.string().regex(/^[\w:.-]{1,200}$/) });

/** Calls from the engine to the shell, which alone can reach the system's key store. */
export const secretCalls = {
  'secrets.get': read(name, z.string().nullable()),
  'secrets.set': write(name.extend({ value: z.string().max(10_000) }), z.void()),
  'secrets.delete': write(name, z.void()),
} as const;
