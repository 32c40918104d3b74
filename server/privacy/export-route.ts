import { randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, rmSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../shared/lib/app-error.ts';
import { Subject } from '../../shared/wire/privacy.ts';
import type { Caller } from '../auth/bearer.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { readJson } from '../http/read-json.ts';
import type { Exchange } from '../http/route.ts';
import type { Privacy } from './privacy.ts';

/** Makes the folder for exports on their way out, and removes those that a process that died left there. */
export function emptyExports(dir: string): string {
  const folder = `${dir}/exports`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** `POST /v1/exports`: a zip of all that is kept of a session or person. The file lives as long as the answer. */
export const createExportRoute =
  (privacy: Pick<Privacy, 'exportTo'>, folder: string) =>
  async ({ request, response }: Exchange, { project, token }: Caller): Promise<void> => {
    const subject = await readJson(Subject, request);
    const file = `${folder}/${randomUUID()}.zip`;
    try {
      await privacy.exportTo(file, project, subject, token).catch((error: unknown) => {
        if (error instanceof AppError && error.code === 'not-found')
          throw new HttpProblem(404, 'not-found', error.message);
        throw error;
      });
      response.writeHead(200, {
        'content-type': 'application/zip',
        'content-length': (await stat(file)).size,
        'content-disposition': 'attachment; filename="export.zip"',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      });
      await pipeline(createReadStream(file), response);
    } finally {
      await rm(file, { force: true });
    }
  };
