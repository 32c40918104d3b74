import { useEffect, useRef } from 'react';
import { messageOf } from '../../../shared/lib/app-error.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import { FRAME_ATTRIBUTES, FRAME_HANDSHAKE, FRAME_ORIGIN } from '../../../shared/replay/frame-policy.ts';
import { useServices } from '../../api/services.tsx';
import type { Player } from './player.ts';

/**
 * The cross-origin document that holds the recorded page. Once it is loaded it gets two ports in one message: `data`, from
 * the shell, to read this session's recording, and `control`, whose other end is the player's. It gets no pointer and no
 * focus; what a person does on the stage is the workbench's.
 */
export function ReplayFrame({
  sessionKey,
  player,
  onFailure,
}: {
  sessionKey: SessionKey;
  player: Player;
  onFailure: (why: string) => void;
}) {
  const { framePorts } = useServices();
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const gone = new AbortController();
    const { port1: control, port2: theirs } = new MessageChannel();
    const loaded = new Promise<void>((resolve) => element.addEventListener('load', () => resolve(), { once: true }));
    player.connect(control);
    Promise.all([framePorts.open(sessionKey, gone.signal), loaded]).then(
      ([data]) => {
        if (gone.signal.aborted) data.close();
        else element.contentWindow?.postMessage(FRAME_HANDSHAKE, FRAME_ORIGIN, [data, theirs]);
      },
      (error: unknown) => onFailure(messageOf(error)),
    );
    return () => {
      gone.abort();
      player.disconnect();
    };
  }, [framePorts, sessionKey, player, onFailure]);
  return <iframe ref={frame} title="Recorded page" className="replay-frame" {...FRAME_ATTRIBUTES} />;
}
