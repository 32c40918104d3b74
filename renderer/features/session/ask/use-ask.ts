import { useEffect, useRef, useState } from 'react';
import type { AskPreview, ModelDraft } from '../../../../shared/ipc/model-calls.ts';
import { AppError, messageOf } from '../../../../shared/lib/app-error.ts';
import type { SessionKey } from '../../../../shared/model/identity.ts';
import { useServices } from '../../../api/services.tsx';

/** Where an ask stands. Nothing has left before `asking`. */
export type AskState =
  | { readonly kind: 'idle'; readonly error: string | null }
  | { readonly kind: 'preparing' }
  | { readonly kind: 'preview'; readonly preview: AskPreview }
  | { readonly kind: 'asking'; readonly preview: AskPreview; readonly draft: ModelDraft | null };

const IDLE: AskState = { kind: 'idle', error: null };

/** One ask after the other about a session: prepare, approve, follow the answer, cancel. */
export interface Ask {
  readonly state: AskState;
  prepare(question: string): void;
  /** Puts the preview away; nothing was sent. */
  dismiss(): void;
  /** Sends the bytes of the preview. */
  approve(): void;
  cancel(): void;
}

export function useAsk(sessionKey: SessionKey): Ask {
  const { engine, calls } = useServices();
  const [state, setState] = useState<AskState>(IDLE);
  const running = useRef<AbortController | null>(null);
  const failed = (error: unknown): void => {
    const cancelled = error instanceof AppError && error.code === 'cancelled';
    setState({ kind: 'idle', error: cancelled ? null : messageOf(error) });
  };
  useEffect(
    () =>
      engine.on('model.draft', (draft) =>
        setState((now) => (now.kind === 'asking' && now.preview.id === draft.id ? { ...now, draft } : now)),
      ),
    [engine],
  );
  return {
    state,
    prepare: (question) => {
      setState({ kind: 'preparing' });
      engine
        .call('models.prepare', { key: sessionKey, question })
        .then((preview) => setState({ kind: 'preview', preview }), failed);
    },
    dismiss: () => setState(IDLE),
    approve: () => {
      if (state.kind !== 'preview') return;
      const { preview } = state;
      const controller = new AbortController();
      running.current = controller;
      setState({ kind: 'asking', preview, draft: null });
      engine
        .call('models.ask', { id: preview.id, body: preview.body }, controller.signal)
        .then(() => setState(IDLE), failed)
        .finally(() => calls.refetch('transcripts.list', { key: sessionKey }));
    },
    cancel: () => running.current?.abort(),
  };
}
