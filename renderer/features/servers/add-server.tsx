import { type FormEvent, useState } from 'react';
import { messageOf } from '../../../shared/lib/app-error.ts';
import { useServices } from '../../api/services.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';

type Outcome = { readonly tone: 'success' | 'error'; readonly text: string };

/** URL and read token of a server; "Test" asks it who it is without keeping anything. */
export function AddServer() {
  const { engine, calls } = useServices();
  const [url, setUrl] = useState('');
  const [token, setToken] = useState('');
  const [busy, setBusy] = useState<'test' | 'save' | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const input = { url: url.trim(), token: token.trim() };
  const complete = input.url !== '' && input.token !== '';

  const run = async (what: 'test' | 'save', work: () => Promise<Outcome>): Promise<void> => {
    setBusy(what);
    setOutcome(null);
    try {
      setOutcome(await work());
    } catch (error) {
      setOutcome({ tone: 'error', text: messageOf(error) });
    }
    setBusy(null);
  };
  const test = (): Promise<void> =>
    run('test', async () => {
      const { reachable, verdict, project } = await engine.call('servers.test', input);
      return { tone: reachable && project ? 'success' : 'error', text: verdict };
    });
  const save = (): Promise<void> =>
    run('save', async () => {
      const server = await engine.call('servers.add', input);
      calls.refetch('servers.list', undefined);
      await engine.call('sync.start', { id: server.id });
      setUrl('');
      setToken('');
      return { tone: 'success', text: `Connected to ${server.name}. Its sessions are being synced.` };
    });
  const edit = (set: (text: string) => void) => (text: string) => {
    set(text);
    setOutcome(null);
  };
  return (
    <section aria-labelledby="servers-add">
      <h2 id="servers-add">Connect to a server</h2>
      <form
        className="server-form"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (complete && busy === null) void save();
        }}
      >
        <Field
          label="URL"
          inputMode="url"
          value={url}
          maxLength={2000}
          placeholder="https://traceflow.example.com"
          onText={edit(setUrl)}
        />
        <Field label="Read token" type="password" value={token} maxLength={500} onText={edit(setToken)} />
        <div className="form-actions">
          <Button disabled={!complete || busy !== null} onClick={() => void test()}>
            {busy === 'test' ? 'Testing…' : 'Test'}
          </Button>
          <Button tone="primary" type="submit" disabled={!complete || busy !== null}>
            {busy === 'save' ? 'Connecting…' : 'Save and sync'}
          </Button>
        </div>
      </form>
      <p role="status" className={outcome?.tone === 'success' ? 'success-text selectable' : 'error-text selectable'}>
        {outcome?.text}
      </p>
    </section>
  );
}
