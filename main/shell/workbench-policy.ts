import { FRAME_ORIGIN } from '../../shared/replay/frame-policy.ts';

/** Where the window's page lives. */
export const WORKBENCH_URL = 'app://workbench/index.html';

/**
 * The window runs its own scripts and styles and frames the replay; nothing inline, nothing from elsewhere. The one
 * exception are style attributes, with which the editor places its lines (docs/decisions, "Style attributes for the editor").
 */
export const WORKBENCH_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  `frame-src ${FRAME_ORIGIN}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
