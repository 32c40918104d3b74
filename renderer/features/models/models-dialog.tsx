import { useCall, useServices, useWorkbench } from '../../api/services.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureLine } from '../../ui/failure-line.tsx';
import { ModelForm } from './model-form.tsx';
import './models.css';

/** Which model may be asked, and how far a packet may go. */
export function ModelsDialog() {
  const { store } = useServices();
  const open = useWorkbench((state) => state.dialog === 'models');
  return open ? <Models onClose={() => store.getState().set({ dialog: null })} /> : null;
}

function Models({ onClose }: { onClose: () => void }) {
  const { data: settings, error, retry } = useCall('models.get', undefined);
  return (
    <Dialog title="Model" onClose={onClose}>
      {error !== null && <FailureLine what="The model's settings could not be read." why={error} onRetry={retry} />}
      {settings !== undefined && <ModelForm key={JSON.stringify(settings)} settings={settings} />}
    </Dialog>
  );
}
