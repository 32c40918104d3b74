import { useSyncExternalStore } from 'react';
import type { Player, PlayerState } from './player.ts';

/** One part of the player's state. Select primitives or stored objects; what is derived from the time should change seldom. */
export const usePlayer = <T>(player: Player, selector: (state: PlayerState) => T): T =>
  useSyncExternalStore(player.subscribe, () => selector(player.get()));
