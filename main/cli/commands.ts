import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppError } from '../../shared/lib/app-error.ts';
import { SessionKey } from '../../shared/model/identity.ts';
import type { EngineClient } from './engine-client.ts';
import { diagnosisLines, type Output, print, sessionLine, sessionLines, showProgress } from './print.ts';

/** One command: what it does with an open engine. */
export type Command = (engine: EngineClient, output: Output) => Promise<void>;

/** `traceflow import FILE...` */
export const importCommand =
  (files: readonly string[]): Command =>
  async (engine, output) => {
    const { jobId } = await engine.privileged('import.files', { paths: files.map((file) => resolve(file)) });
    const job = await engine.finish(jobId, showProgress(output));
    print(output, { message: job.message, sessions: job.sessions }, [job.message ?? '', ...job.sessions]);
  };

/** `traceflow list` */
export const listCommand =
  (options: { readonly search: string; readonly limit: number }): Command =>
  async (engine, output) => {
    const { rows, total } = await engine.call('sessions.list', options);
    const more = total > rows.length ? [`${total - rows.length} more; use --limit or --search`] : [];
    print(output, { total, rows }, [...rows.map(sessionLine), ...more]);
  };

/** `traceflow show KEY` */
export const showCommand =
  (key: string): Command =>
  async (engine, output) => {
    const row = await engine.call('sessions.get', { key: sessionKey(key) });
    print(output, row, sessionLines(row));
  };

/** `traceflow export KEY... --output FILE` */
export const exportCommand =
  (keys: readonly string[], file: string): Command =>
  async (engine, output) => {
    const { jobId } = await engine.privileged('export.session', { keys: keys.map(sessionKey), path: resolve(file) });
    const job = await engine.finish(jobId, showProgress(output));
    print(output, { message: job.message, sessions: job.sessions }, [job.message ?? '']);
  };

/** `traceflow diagnose KEY|FILE`: a file is imported first. */
export const diagnoseCommand =
  (target: string): Command =>
  async (engine, output) => {
    const isKey = SessionKey.safeParse(target).success && !existsSync(target);
    const keys = isKey ? [sessionKey(target)] : await importedKeys(engine, output, target);
    for (const key of keys) {
      const diagnosis = await engine.call('recording.diagnosis', { key });
      print(output, { key, ...diagnosis }, diagnosisLines(diagnosis));
    }
  };

async function importedKeys(engine: EngineClient, output: Output, file: string): Promise<SessionKey[]> {
  const { jobId } = await engine.privileged('import.files', { paths: [resolve(file)] });
  const job = await engine.finish(jobId, showProgress(output));
  return job.sessions.map(sessionKey);
}

/** `traceflow sync [--url URL --token TOKEN]`: adds that server, or syncs from all known ones. */
export const syncCommand =
  (server: { readonly url: string | null; readonly token: string | null }): Command =>
  async (engine, output) => {
    const servers = server.url
      ? [await engine.call('servers.add', { url: server.url, token: server.token ?? '' })]
      : await engine.call('servers.list');
    if (servers.length === 0)
      throw new AppError('not-found', 'There is no server yet. Give one with --url and --token.');
    for (const { id, url } of servers) {
      const { jobId } = await engine.call('sync.start', { id });
      const job = await engine.finish(jobId, showProgress(output));
      print(output, { server: url, message: job.message, sessions: job.sessions }, [`${url}: ${job.message ?? ''}`]);
    }
  };

function sessionKey(text: string): SessionKey {
  const key = SessionKey.safeParse(text);
  if (key.success) return key.data;
  throw new AppError(
    'bad-request',
    `"${text}" is not the key of a session: 32 digits and letters a to f, as "traceflow list" prints them.`,
  );
}
