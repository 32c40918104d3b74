import { Radio } from 'lucide-react';
import type { Following } from '../../../shared/ipc/live-calls.ts';
import { classNames } from '../../ui/class-names.ts';
import { Tooltip } from '../../ui/tooltip.tsx';
import type { Player } from './player.ts';
import { usePlayer } from './use-player.ts';

/** Of a running session: whether the playhead stays at the live edge, and the way back there. Nothing for all others. */
export function LiveToggle({ player, live }: { player: Player; live: Following }) {
  const following = usePlayer(player, (state) => state.following);
  if (live.state === 'off') return null;
  if (live.state === 'ended') {
    return (
      <span className="live-ended faint" title={live.reason ?? undefined}>
        Not live any more
      </span>
    );
  }
  const isOffline = live.state === 'offline';
  const text = isOffline ? `Waiting for the server: ${live.reason ?? 'it cannot be reached.'}` : 'Follow live';
  return (
    <Tooltip text={text} keys="Shift+End" side="top">
      <button
        type="button"
        aria-label="Follow live"
        aria-pressed={following}
        className={classNames('toggle', 'live-toggle', following && 'toggle-on', isOffline && 'live-offline')}
        onClick={() => player.follow(!following)}
      >
        <Radio size={16} aria-hidden />
        <span className="button-text">{isOffline ? 'Live: waiting' : 'Live'}</span>
      </button>
    </Tooltip>
  );
}
