import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSecretSite, plantSecrets } from '../../support/plant-secrets.ts';
import type { Site } from './recorded-page.ts';

let site: Site;
beforeAll(async () => {
  site = await openSecretSite();
});
afterAll(() => site.close());

/** `npm run soak -- secrets` plants 200 a step. */
it('of secrets in every place of a page and of what it does none is sent, and all controls are', async () => {
  const { planted, leaked, unseen } = await plantSecrets(site, 1, 1);
  expect(leaked).toEqual([]);
  expect(unseen).toEqual([]);
  expect(planted).toBeGreaterThan(80);
});
