import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useCall, useWorkbench } from '../../api/services.tsx';
import { Button } from '../../ui/button.tsx';
import { PRIVACY_WORDS } from '../models/privacy-words.ts';
import { DeleteAllDialog } from './delete-all-dialog.tsx';

/** What leaves this computer, and what never does. */
export function PrivacySection() {
  const model = useCall('models.get', undefined).data;
  const openSettings = useWorkbench((state) => state.openSettings);
  const [deleting, setDeleting] = useState(false);
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
      <div className="setting">
        <span className="setting-label">Everything on this computer</span>
        <div>
          <p>
            Sessions, notes, transcripts, keys and settings, all at once. TRACEFLOW then starts as on the first day.
          </p>
          <Button icon={Trash2} onClick={() => setDeleting(true)}>
            Delete all local data…
          </Button>
        </div>
      </div>
      {deleting && <DeleteAllDialog onClose={() => setDeleting(false)} />}
    </>
  );
}
