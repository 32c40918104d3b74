import { useCall, useWorkbench } from '../../api/services.tsx';
import { Button } from '../../ui/button.tsx';
import { PRIVACY_WORDS } from '../models/privacy-words.ts';

/** What leaves this computer, and what never does. */
export function PrivacySection() {
  const model = useCall('models.get', undefined).data;
  const openSettings = useWorkbench((state) => state.openSettings);
  return (
    <>
      <p>
        Recordings, facts and diagnoses stay on this computer. The window has no network; the engine speaks to the
        servers you connected, to read sessions from them, and to a model only if you set one up and approve each
        packet.
      </p>
      <div className="setting">
        <span className="setting-label">What a model may see</span>
        <div>
          <p>
            {model
              ? `${PRIVACY_WORDS[model.privacy].word}: ${PRIVACY_WORDS[model.privacy].meaning}`
              : 'Nothing: no model is set up. Every diagnosis is made without one.'}
          </p>
          <Button onClick={() => openSettings('models')}>Models…</Button>
        </div>
      </div>
    </>
  );
}
