import { useCall } from '../../api/services.tsx';
import { FailureLine } from '../../ui/failure-line.tsx';
import { ModelForm } from './model-form.tsx';
import './models.css';

/** Which model may be asked, and how far a packet may go. */
export function ModelsSection() {
  const { data: settings, error, retry } = useCall('models.get', undefined);
  return (
    <>
      {error !== null && <FailureLine what="The model's settings could not be read." why={error} onRetry={retry} />}
      {settings !== undefined && <ModelForm key={JSON.stringify(settings)} settings={settings} />}
    </>
  );
}
