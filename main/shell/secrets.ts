import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { safeStorage } from 'electron';
import { AppError, messageOf } from '../../shared/lib/app-error.ts';

/** Keeps tokens by name, encrypted by the system's key store where there is one. */
export interface Secrets {
  get(name: string): string | null;
  set(name: string, value: string): void;
  delete(name: string): void;
}

/**
 * Whether the system protects what is sealed. On Linux without a key store Chromium would encrypt with a password that is
 * public knowledge (`basic_text`): then the file's mode 0600 is all the protection there is, and nothing is sealed.
 */
const isProtected = (): boolean =>
  safeStorage.isEncryptionAvailable() &&
  (process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text');

/** The secrets of a profile. Nothing is asked of the key store before the first of them is needed: it may take long. */
export function openSecrets(file: string): Secrets {
  const read = (): Record<string, string> => {
    try {
      return { ...(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) };
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
  };
  const store = (secrets: Record<string, string>): void => {
    const temporary = `${file}.new`;
    try {
      writeFileSync(temporary, JSON.stringify(secrets), { mode: 0o600 });
      renameSync(temporary, file);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw new AppError('internal', `The token could not be saved in ${file}: ${messageOf(error)}.`, { cause: error });
    }
  };
  const seal = (value: string): string =>
    isProtected() ? `sealed:${safeStorage.encryptString(value).toString('base64')}` : `plain:${value}`;
  const open = (kept: string): string =>
    kept.startsWith('sealed:')
      ? safeStorage.decryptString(Buffer.from(kept.slice('sealed:'.length), 'base64'))
      : kept.slice('plain:'.length);
  return {
    get: (name) => {
      const kept = read()[name];
      return kept === undefined ? null : open(kept);
    },
    set: (name, value) => store({ ...read(), [name]: seal(value) }),
    delete: (name) => {
      const { [name]: _gone, ...kept } = read();
      store(kept);
    },
  };
}
