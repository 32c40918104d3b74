import type { Soak } from '../../tools/soak/soak-module.ts';
import { openSecretSite, plantSecrets } from '../support/plant-secrets.ts';

const SECRETS = 200;

/** Secrets of ever new wording in every place that can hold one. */
const soak: Soak = {
  name: 'secrets',
  what:
    `At least ${SECRETS} secrets a step are planted over every field of a page, its requests, console, addresses and storage, in real ` +
    'Chromium. One that is found in what the recorder sends, unpacked, is a failure; so is a control that is not found.',
  async step({ seed }) {
    const site = await openSecretSite();
    try {
      const { planted, leaked, unseen } = await plantSecrets(site, seed, SECRETS);
      return {
        counts: { 'secrets planted': planted, 'secrets sent': leaked.length },
        failures: [
          ...leaked.map(({ place, secret }) => `sent: ${secret} (${place})`),
          ...unseen.map((control) => `not found: the control "${control}"`),
        ],
      };
    } finally {
      await site.close();
    }
  },
};

export default soak;
