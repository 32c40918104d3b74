import type { ModelPrivacy } from '../../../shared/ipc/model-calls.ts';

/** How each privacy class is called, and what it means. */
export const PRIVACY_WORDS: Readonly<Record<ModelPrivacy, { readonly word: string; readonly meaning: string }>> = {
  'local-only': {
    word: 'Local only',
    meaning: 'Only a model on this computer can be asked. Nothing leaves the machine.',
  },
  redacted: {
    word: 'Redacted',
    meaning:
      'The host above can be asked. You see and approve every byte before it leaves; names, addresses, numbers and keys are taken out.',
  },
};
