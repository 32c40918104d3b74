import { expect, test } from 'vitest';
import { z } from 'zod';
import { Role } from '../../../shared/wire/access.ts';
import { READER_API, type ReaderRoute } from '../../../shared/wire/reader-api.ts';
import { startInside } from './support/server-inside.ts';

const Schema = z.looseObject({ type: z.string().optional(), properties: z.record(z.string(), z.unknown()).optional() });
const Content = z.record(z.string(), z.object({ schema: Schema }));
const Operation = z.object({
  summary: z.string().min(1),
  security: z.array(z.record(z.string(), z.array(z.never()))),
  'x-least-role': Role.optional(),
  parameters: z.array(
    z.object({ name: z.string(), in: z.enum(['query', 'path']), required: z.boolean(), schema: z.unknown() }),
  ),
  requestBody: z.object({ content: Content }).optional(),
  responses: z.record(z.string(), z.object({ content: Content })),
});
const Document = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
});

test('the document has every route with its least role, and the fields of the schemas that are checked with', async () => {
  const server = await startInside();
  const { paths } = Document.parse(await (await fetch(`${server.url}/openapi.json`)).json());
  const described = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const access = operation['x-least-role'] ?? ('key' in (operation.security[0] ?? {}) ? 'write key' : 'anyone');
      return `${method.toUpperCase()} ${path.replace(/\{\w+\}$/, '')} ${access}`;
    }),
  );
  expect(described.sort()).toEqual(
    server.routes.map(({ method, path, access }) => `${method} ${path} ${access}`).sort(),
  );
  const batch = paths['/v1/batches']?.post?.parameters ?? [];
  expect(batch.filter(({ required }) => required).map(({ name }) => name)).toEqual([
    'v',
    'key',
    'session',
    'window',
    'generation',
    'first',
    'count',
    'from',
    'to',
    'sent',
  ]);
  const page = paths['/v1/changes']?.get?.responses['200']?.content['application/json']?.schema;
  expect(Object.keys(page?.properties ?? {})).toEqual(['history', 'changes', 'next', 'head']);
  expect(paths['/v1/sessions/{session}']?.get?.parameters[0]).toMatchObject({
    name: 'session',
    in: 'path',
    required: true,
  });
  await server.close();
});

test('every route that a workstation is typed by is there, takes what it is asked with, and gives what is read', async () => {
  const server = await startInside();
  const { paths } = Document.parse(await (await fetch(`${server.url}/openapi.json`)).json());
  for (const { method, path, query, body, answer } of Object.values<ReaderRoute>(READER_API)) {
    const described = paths[path]?.[method.toLowerCase()];
    const asked = query instanceof z.ZodObject ? Object.keys(query.shape) : [];
    const fields = (schema: z.ZodType | undefined): unknown =>
      schema && z.toJSONSchema(schema, { unrepresentable: 'any' });
    expect(described?.parameters.map(({ name }) => name)).toEqual(expect.arrayContaining(asked));
    expect(described?.requestBody?.content['application/json']?.schema).toEqual(withoutVersion(fields(body)));
    expect(described?.responses['200']?.content['application/json']?.schema).toEqual(withoutVersion(fields(answer)));
  }
  await server.close();
});

const withoutVersion = (schema: unknown): unknown => {
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== '$schema'));
};
