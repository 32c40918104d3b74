import { type FormEvent, useId, useState } from 'react';
import { ModelPrivacy, type ModelSettings } from '../../../shared/ipc/model-calls.ts';
import { messageOf } from '../../../shared/lib/app-error.ts';
import { useServices } from '../../api/services.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { PRIVACY_WORDS } from './privacy-words.ts';

interface Outcome {
  readonly tone: 'success' | 'error';
  readonly text: string;
}

/** Address, model, key and privacy class of the endpoint that may be asked. The saved key never comes back here. */
export function ModelForm({ settings }: { settings: ModelSettings | null }) {
  const { engine, calls, store } = useServices();
  const [baseUrl, setBaseUrl] = useState(settings?.baseUrl ?? '');
  const [model, setModel] = useState(settings?.model ?? '');
  const [key, setKey] = useState('');
  const [privacy, setPrivacy] = useState<ModelPrivacy>(settings?.privacy ?? 'local-only');
  const [busy, setBusy] = useState<'test' | 'save' | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const privacyName = useId();
  const complete = baseUrl.trim() !== '' && model.trim() !== '';
  const typed = { baseUrl, model, ...(key.trim() === '' ? {} : { key }) };

  const run = async (what: 'test' | 'save', work: () => Promise<Outcome | null>): Promise<void> => {
    setBusy(what);
    setOutcome(null);
    try {
      setOutcome(await work());
    } catch (error) {
      setOutcome({ tone: 'error', text: messageOf(error) });
    }
    setBusy(null);
  };
  const test = () =>
    run('test', async () => {
      const { works, verdict } = await engine.call('models.test', typed);
      return { tone: works ? 'success' : 'error', text: verdict };
    });
  // What is saved makes the form anew, so it is said beside it.
  const keep = (saved: ModelSettings | null): null => {
    calls.put('models.get', undefined, saved);
    store
      .getState()
      .notify({ tone: 'success', title: saved ? `${saved.model} can be asked now.` : 'The model was forgotten.' });
    return null;
  };
  const save = () => run('save', async () => keep(await engine.call('models.save', { ...typed, privacy })));
  const remove = () =>
    run('save', async () => {
      await engine.call('models.remove', undefined);
      return keep(null);
    });
  const edit = (set: (text: string) => void) => (text: string) => {
    set(text);
    setOutcome(null);
  };

  return (
    <form
      className="model-form"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (complete && busy === null) void save();
      }}
    >
      <p className="faint">
        Any OpenAI-compatible endpoint: one on this computer such as Ollama, llama.cpp or LM Studio, or one elsewhere.
        It is asked only when you say so.
      </p>
      <Field
        label="Base URL"
        inputMode="url"
        value={baseUrl}
        maxLength={2000}
        placeholder="http://127.0.0.1:11434/v1"
        data-first-focus
        onText={edit(setBaseUrl)}
      />
      <Field label="Model" value={model} maxLength={200} onText={edit(setModel)} />
      <Field
        label="API key"
        type="password"
        value={key}
        maxLength={1000}
        placeholder={settings?.hasKey ? 'Saved for this host; leave empty to keep it' : 'Leave empty if none is needed'}
        onText={edit(setKey)}
      />
      <fieldset className="model-choices">
        <legend className="field-label">Where a packet may go</legend>
        {ModelPrivacy.options.map((option) => (
          <label key={option} className="model-choice">
            <input
              type="radio"
              aria-label={PRIVACY_WORDS[option].word}
              aria-describedby={`${privacyName}-${option}`}
              name={privacyName}
              checked={privacy === option}
              onChange={() => {
                setPrivacy(option);
                setOutcome(null);
              }}
            />
            <span>
              {PRIVACY_WORDS[option].word}
              <span id={`${privacyName}-${option}`} className="faint model-choice-meaning">
                {PRIVACY_WORDS[option].meaning}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      <p role="status" className={outcome?.tone === 'success' ? 'success-text selectable' : 'error-text selectable'}>
        {outcome?.text}
      </p>
      <div className="form-actions">
        {settings !== null && (
          <Button tone="quiet" disabled={busy !== null} onClick={() => void remove()}>
            Forget this model
          </Button>
        )}
        <span className="toolbar-space" />
        <Button disabled={!complete || busy !== null} onClick={() => void test()}>
          {busy === 'test' ? 'Testing…' : 'Test'}
        </Button>
        <Button tone="primary" type="submit" disabled={!complete || busy !== null}>
          Save
        </Button>
      </div>
    </form>
  );
}
