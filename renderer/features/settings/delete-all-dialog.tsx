import { use, useState } from 'react';
import { messageOf } from '../../../shared/lib/app-error.ts';
import { useServices } from '../../api/services.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';

/** What has to be typed: nobody does that by mistake. */
const WORD = 'DELETE';

/** Says what goes and what stays, and deletes everything once that was confirmed in writing. */
export function DeleteAllDialog({ onClose }: { onClose: () => void }) {
  const { appInfo, shell } = useServices();
  const { profileDir } = use(appInfo);
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const confirmed = typed.trim() === WORD && !busy;
  const run = (): void => {
    if (!confirmed) return;
    setBusy(true);
    setFailure(null);
    // There is no answer to wait for when it works: the app ends.
    shell.call('data.deleteAll', undefined).catch((error: unknown) => {
      setFailure(messageOf(error));
      setBusy(false);
    });
  };
  return (
    <Dialog
      title="Delete all local data"
      alert
      onClose={() => !busy && onClose()}
      footer={
        <>
          <Button disabled={busy} onClick={onClose}>
            Cancel
          </Button>
          <Button tone="danger" disabled={!confirmed} onClick={run}>
            {busy ? 'Deleting…' : 'Delete everything'}
          </Button>
        </>
      }
    >
      <div className="delete-all">
        <p>Deleted for good, with everything else in {<span className="selectable">{profileDir}</span>}:</p>
        <ul>
          <li>every session with its notes, tags and diagnoses</li>
          <li>what was sent to models, and what they answered</li>
          <li>servers and models you set up, with their tokens and keys</li>
          <li>the local workspace, with what it recorded</li>
          <li>saved filters, shortcuts, open tabs, and all caches</li>
        </ul>
        <p>Kept:</p>
        <ul>
          <li>files that you exported elsewhere</li>
          <li>what lies on a team's server: syncing with it again brings its sessions back</li>
        </ul>
        <p>The engine stops, and TRACEFLOW starts again as on the first day.</p>
        <Field
          label={`Type ${WORD} to confirm`}
          value={typed}
          maxLength={20}
          disabled={busy}
          data-first-focus
          onText={setTyped}
          onKeyDown={(event) => event.key === 'Enter' && run()}
        />
        {failure !== null && (
          <p role="alert" className="error-text selectable">
            {failure}
          </p>
        )}
      </div>
    </Dialog>
  );
}
