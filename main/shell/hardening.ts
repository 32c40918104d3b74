import type { Session, WebContents } from 'electron';
import { FRAME_ORIGIN } from '../../shared/replay/frame-policy.ts';
import { WORKBENCH_URL } from './workbench-policy.ts';

const OWN_URL = /^(?:app|replay|data|blob|devtools):/;

/** How a session is locked; tests switch single layers off to see what each holds by itself. */
export interface NetworkLock {
  /** Requests that were cancelled, newest last, at most 1,000. */
  readonly cancelled: readonly string[];
}

/**
 * Locks a session: no device, no download, no spell checker (Chromium fetches dictionaries), and every
 * request to anything but our own schemes is cancelled. The one permission is to fill the screen, for the workbench itself. The engine's network does not pass through here.
 */
export function lockSession(session: Session): NetworkLock {
  session.setSpellCheckerEnabled(false);
  session.setSpellCheckerLanguages([]);
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl, isMainFrame }) =>
    answer(permission === 'fullscreen' && isMainFrame && requestingUrl === WORKBENCH_URL),
  );
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  const cancelled: string[] = [];
  session.webRequest.onBeforeRequest((details, answer) => {
    const cancel = !OWN_URL.test(details.url);
    if (cancel && cancelled.length < 1000) cancelled.push(details.url);
    answer({ cancel });
  });
  return { cancelled };
}

/** Locks a window's contents: it stays on its page, opens nothing, attaches nothing, and frames only the replay. */
export function lockContents(contents: WebContents): void {
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => {
    if (event.isMainFrame || event.url !== `${FRAME_ORIGIN}/index.html`) event.preventDefault();
  });
}
