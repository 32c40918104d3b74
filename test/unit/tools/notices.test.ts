import { expect, test } from 'vitest';
import { packagesIn } from '../../../tools/notices/imported-packages.ts';
import { noticesText } from '../../../tools/notices/notices-text.ts';

test('only what is really imported counts, by package', () => {
  const source = [
    "import { z } from 'zod/v4';",
    "import {\n  useState,\n} from 'react';",
    "import type { eventWithTime } from '@rrweb/types';",
    "import './styles.css';",
    "import 'side-effect/entry';",
    "export * from '@rrweb/replay';",
    "import { join } from 'node:path';",
    "import fs from 'fs';",
    "const lazy = await import('lazy-one');",
    'const text = "say it from \'nowhere\'";',
  ].join('\n');
  expect(packagesIn(source)).toEqual(['zod', 'react', 'side-effect', '@rrweb/replay', 'lazy-one']);
});

test('a package without a licence text still names its licence and its origin', () => {
  const text = noticesText([
    { name: 'a', version: '1.0.0', license: 'MIT', origin: 'Ann, https://a.example', texts: [] },
  ]);
  expect(text).toContain('a 1.0.0\nLicence: MIT\nOrigin: Ann, https://a.example');
  expect(text).toContain('contains no licence text');
});
