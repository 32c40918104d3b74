import { z } from 'zod';
import { SessionKey } from '../model/identity.ts';
import { read, write } from './call.ts';

const ChosenKeys = z.record(z.string().max(40), z.array(z.string().max(40)).max(5));

const jobId = z.object({ jobId: z.string().nullable() });

/** What only the shell can do for a window: dialogs, ports, facts about the app. `jobId` is null when the person cancelled. */
export const shellCalls = {
  'app.info': read(
    z.void(),
    z.object({
      version: z.string(),
      electron: z.string(),
      chrome: z.string(),
      node: z.string(),
      platform: z.string(),
      sandboxed: z.boolean(),
      /** The folder that holds everything this app keeps. */
      profileDir: z.string(),
      /** The engine gave up after repeated crashes, with its last words; null while it works. */
      engineFailure: z.string().nullable(),
    }),
  ),
  'dialog.import': write(z.void(), jobId),
  'dialog.export': write(z.object({ keys: z.array(SessionKey).min(1).max(1000) }), jobId),
  /** Paths of files that were really dropped on the window; the preload resolves them, the page cannot make them up. */
  'drop.import': write(z.object({ paths: z.array(z.string().max(4096)).min(1).max(1000) }), jobId),
  /** Size of everything in the window, per cent. */
  'zoom.set': write(z.object({ percent: z.number().min(100).max(200) }), z.void()),
  'theme.set': write(z.object({ theme: z.enum(['system', 'light', 'dark']) }), z.void()),
  /** What the application menu shows of the commands: names of those that can be done now, and keys a person chose. */
  'menu.set': write(z.object({ available: z.array(z.string().max(40)).max(200), keys: ChosenKeys }), z.void()),
  /** Deletes everything this app keeps and starts it again; answers only when that cannot be. */
  'data.deleteAll': write(z.void(), z.void()),
} as const;
export type ShellCalls = typeof shellCalls;
