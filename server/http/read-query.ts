import type { z } from 'zod';
import { HttpProblem } from './http-problem.ts';

/** The parameters of a query. @throws HttpProblem 400 that names the first one that is wrong. */
export function readQuery<T>(shape: z.ZodType<T>, query: URLSearchParams): T {
  const read = shape.safeParse(Object.fromEntries(query));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new HttpProblem(400, 'bad-request', `"${issue?.path.join('.')}" is not right: ${issue?.message}`);
}
