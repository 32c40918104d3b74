import { ShieldCheck, ShieldOff } from 'lucide-react';
import { useCall, useWorkbench } from '../../api/services.tsx';
import { PRIVACY_WORDS } from './privacy-words.ts';

/** How far a packet may go, for the status bar. */
export function ModelStatus() {
  const settings = useCall('models.get', undefined).data;
  const openSettings = useWorkbench((state) => state.openSettings);
  if (settings === undefined) return null;
  const Icon = settings?.privacy === 'redacted' ? ShieldOff : ShieldCheck;
  const words = settings ? PRIVACY_WORDS[settings.privacy] : { word: 'off', meaning: 'No model is set up.' };
  return (
    <button
      type="button"
      className="status-item status-button"
      title={settings ? `${settings.model}. ${words.meaning}` : words.meaning}
      onClick={() => openSettings('models')}
    >
      <Icon size={14} aria-hidden /> AI: {words.word.toLowerCase()}
    </button>
  );
}
