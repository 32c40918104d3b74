import { type RefObject, useCallback, useSyncExternalStore } from 'react';
import { useAttempt } from '../../api/services.tsx';

/** Whether something is shown on the whole screen, and the switch. */
export interface FullScreen {
  readonly on: boolean;
  readonly toggle: () => void;
}

const subscribe = (listener: () => void): (() => void) => {
  document.addEventListener('fullscreenchange', listener);
  return () => document.removeEventListener('fullscreenchange', listener);
};

/** Shows an element on the whole screen; Escape leaves it. */
export function useFullScreen(element: RefObject<HTMLElement | null>): FullScreen {
  const attempt = useAttempt();
  const on = useSyncExternalStore(
    subscribe,
    () => document.fullscreenElement !== null && document.fullscreenElement === element.current,
  );
  const toggle = useCallback(() => {
    void attempt('The session could not be shown on the whole screen.', async () => {
      if (document.fullscreenElement) await document.exitFullscreen();
      else await element.current?.requestFullscreen();
    });
  }, [attempt, element]);
  return { on, toggle };
}
