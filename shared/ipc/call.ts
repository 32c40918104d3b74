import type { z } from 'zod';

/** One call of a contract: what goes in and out, and whether it changes anything. */
export interface CallSpec {
  readonly access: 'read' | 'write';
  readonly input: z.ZodType;
  readonly output: z.ZodType;
}

/** A table of calls, by name (`noun.verb`). */
export type CallTable = Readonly<Record<string, CallSpec>>;

/** A call that changes nothing. */
export const read = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) =>
  ({ access: 'read', input, output }) as const;

/** A call that may change something. */
export const write = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) =>
  ({ access: 'write', input, output }) as const;

export type InputOf<T extends CallTable, K extends keyof T> = z.input<T[K]['input']>;
export type OutputOf<T extends CallTable, K extends keyof T> = z.output<T[K]['output']>;

/** Exactly one function per row of the table: a missing or extra one does not compile. `Context` is what the transport adds. */
export type HandlersOf<T extends CallTable, Context> = {
  readonly [K in keyof T]: (
    input: z.output<T[K]['input']>,
    context: Context,
  ) => Promise<OutputOf<T, K>> | OutputOf<T, K>;
};
