import { AppError } from '../lib/app-error.ts';
import { toWireError, type WireResult } from '../lib/result.ts';
import type { CallTable, HandlersOf } from './call.ts';

/** What a handler gets beside its input. */
export interface CallContext {
  /** Aborted when the caller cancels or goes away. */
  readonly signal: AbortSignal;
}

/**
 * Turns a table and its handlers into one function any transport can call. Inputs are validated here, where they
 * arrive; the name must be a row of the table. Never rejects.
 */
export function createDispatcher<T extends CallTable>(
  table: T,
  handlers: HandlersOf<T, CallContext>,
): (name: string, input: unknown, signal: AbortSignal) => Promise<WireResult<unknown>> {
  return async (name, input, signal) => {
    try {
      const spec = Object.hasOwn(table, name) ? table[name] : undefined;
      if (!spec) throw new AppError('bad-request', `There is no call named "${name}".`);
      const parsed = spec.input.safeParse(input);
      if (!parsed.success) throw new AppError('bad-request', `${name}: ${describe(parsed.error.issues)}`);
      const handler = handlers[name as keyof T] as (input: unknown, context: CallContext) => unknown;
      return { ok: true, value: await handler(parsed.data, { signal }) };
    } catch (error) {
      return { ok: false, error: toWireError(error) };
    }
  };
}

const describe = (issues: readonly { path: readonly PropertyKey[]; message: string }[]): string =>
  issues
    .slice(0, 3)
    .map((issue) => `${issue.path.map(String).join('.') || 'input'}: ${issue.message}`)
    .join('; ');
