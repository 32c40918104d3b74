import type { SettingsSectionId } from '../../state/saved.ts';

/** How the sections of the settings are called. */
export const SECTION_TITLES: Readonly<Record<SettingsSectionId, string>> = {
  servers: 'Servers',
  storage: 'Storage',
  appearance: 'Appearance',
  privacy: 'Privacy',
  models: 'Models',
  shortcuts: 'Shortcuts',
};
