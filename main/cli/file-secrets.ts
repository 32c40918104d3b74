import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '../../shared/lib/app-error.ts';
import type { Secrets } from '../engine/secrets.ts';

const File = z.record(z.string(), z.string());
const PLAIN = 'plain:';

/**
 * Tokens in a file only its owner may read, in the form the app writes too. What the app sealed with the system's key
 * store cannot be opened here.
 * @param fixedToken a token from the command line or the environment; it answers for every server.
 */
export function createFileSecrets(file: string, fixedToken: string | null): Secrets {
  async function read(): Promise<z.infer<typeof File>> {
    try {
      return File.parse(JSON.parse(await readFile(file, 'utf8')));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
      throw new AppError(
        'damaged',
        `The saved tokens in ${file} cannot be read. Delete the file and add your servers again.`,
        {
          cause: error,
        },
      );
    }
  }

  async function store(secrets: z.infer<typeof File>): Promise<void> {
    await writeFile(`${file}.new`, JSON.stringify(secrets), { mode: 0o600 });
    await rename(`${file}.new`, file);
  }

  return {
    get: async (name) => {
      if (fixedToken !== null) return fixedToken;
      const kept = (await read())[name];
      if (kept === undefined) return null;
      if (kept.startsWith(PLAIN)) return kept.slice(PLAIN.length);
      throw new AppError(
        'unauthorized',
        'The token of this server is sealed by the system for the app. Give it with --token or TRACEFLOW_TOKEN.',
      );
    },
    set: async (name, value) => store({ ...(await read()), [name]: PLAIN + value }),
    delete: async (name) => {
      const { [name]: _gone, ...kept } = await read();
      await store(kept);
    },
  };
}
