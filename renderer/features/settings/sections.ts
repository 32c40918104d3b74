import { HardDrive, Keyboard, type LucideIcon, Palette, ServerCog, ShieldCheck, Sparkles } from 'lucide-react';
import type { ComponentType } from 'react';
import type { SettingsSectionId } from '../../state/saved.ts';
import { ModelsSection } from '../models/models-section.tsx';
import { ServersSection } from '../servers/servers-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { PrivacySection } from './privacy-section.tsx';
import { ShortcutsSection } from './shortcuts-section.tsx';
import { StorageSection } from './storage-section.tsx';

/** What a section of the settings shows. A feature plugs its own component in here. */
export const SECTIONS: Readonly<
  Record<SettingsSectionId, { readonly icon: LucideIcon; readonly view: ComponentType }>
> = {
  servers: { icon: ServerCog, view: ServersSection },
  storage: { icon: HardDrive, view: StorageSection },
  appearance: { icon: Palette, view: AppearanceSection },
  privacy: { icon: ShieldCheck, view: PrivacySection },
  models: { icon: Sparkles, view: ModelsSection },
  shortcuts: { icon: Keyboard, view: ShortcutsSection },
};
