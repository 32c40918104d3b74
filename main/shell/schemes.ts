import { protocol } from 'electron';

/**
 * Declares our two origins to Chromium: `app://workbench` is the trusted window, `replay://frame` holds recorded pages.
 * They are separate sites, so a recording lives in a process of its own. Must run before the app is ready.
 */
export function registerSchemes(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges },
    { scheme: 'replay', privileges },
  ]);
}
