import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { schemaDoc } from '../../../tools/schema-doc/schema-doc.ts';

it('docs/DATABASE-SCHEMA.md is the schema', () => {
  const file = join(import.meta.dirname, '..', '..', '..', 'docs', 'DATABASE-SCHEMA.md');
  expect(readFileSync(file, 'utf8')).toBe(schemaDoc());
});
