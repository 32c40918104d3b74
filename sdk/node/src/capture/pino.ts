import type { CapturedBackendLog } from '../../../../shared/model/captured-backend.ts';
import type { Guard } from '../guard.ts';
import { printed, printedFields } from '../privacy/printed.ts';
import { said } from '../privacy/words.ts';
import type { PinoStream } from '../shapes.ts';
import type { Logs } from './logs.ts';

/** pino's numbers. */
const levelOf = (level: unknown): CapturedBackendLog['level'] => {
  const number = typeof level === 'number' ? level : 30;
  if (number >= 60) return 'fatal';
  if (number >= 50) return 'error';
  if (number >= 40) return 'warn';
  return number >= 30 ? 'info' : number >= 20 ? 'debug' : 'trace';
};

/** Fields that pino adds to each line, and those that are told elsewhere. */
const ORDINARY = new Set(['level', 'time', 'pid', 'hostname', 'msg', 'name', 'err', 'v']);

interface PinoError {
  readonly type?: unknown;
  readonly message?: unknown;
  readonly stack?: unknown;
}

function read(line: string): Omit<CapturedBackendLog, 'request'> {
  const fields = JSON.parse(line) as Record<string, unknown>;
  const error = typeof fields.err === 'object' ? (fields.err as PinoError | null) : null;
  const more = Object.fromEntries(Object.entries(fields).filter(([name]) => !ORDINARY.has(name)));
  const parts = [
    fields.msg === undefined ? '' : printed([String(fields.msg)]),
    error?.message === undefined || error.message === fields.msg ? '' : said(`${error.type}: ${error.message}`, 2_000),
    Object.keys(more).length === 0 ? '' : printedFields(more),
  ];
  return {
    level: levelOf(fields.level),
    message: parts.filter((part) => part !== '').join(' '),
    logger: typeof fields.name === 'string' ? said(fields.name, 100) : 'pino',
    ...(typeof error?.stack === 'string' ? { stack: said(error.stack, 8_000) } : {}),
  };
}

/** pino writes to its streams while the line is logged, so the request is known; in a worker's transport it would not be. */
export const createPinoStream = (guard: Guard, logs: Logs): PinoStream => ({
  write(line) {
    if (guard.active) guard.run(() => logs.record(() => read(line)));
  },
});
