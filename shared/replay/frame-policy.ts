/** The origin that holds recorded pages; nothing else is ever served from it. */
export const FRAME_ORIGIN = 'replay://frame';

/** The origin of the trusted window, the only page that may embed the replay frame. */
export const WORKBENCH_ORIGIN = 'app://workbench';

/** What the workbench posts once, to FRAME_ORIGIN, together with the two ports `[data, control]`. */
export const FRAME_HANDSHAKE = 'traceflow:replay';

/** Files of the built frame, by role, relative to FRAME_ORIGIN. */
export interface FrameFiles {
  readonly script: string;
  readonly worker: string;
  readonly style: string;
}

/** The fixed names that the build gives to the frame's files, so that the policy can name them one by one. */
export const FRAME_FILES: FrameFiles = { script: 'frame.js', worker: 'mirror.js', style: 'frame.css' };

/**
 * The Content-Security-Policy header of every answer from FRAME_ORIGIN. Exact files instead of `'self'`, so that a
 * recording cannot point at another file of ours; recorded styles may be inline and recorded bytes may be `data:` or
 * `blob:`; nothing may leave, not even to our own origin (data comes over a port). Recorded iframes are `about:blank`
 * and need no `frame-src`.
 */
export const frameCsp = ({ script, worker, style }: FrameFiles): string =>
  [
    "default-src 'none'",
    `script-src ${FRAME_ORIGIN}/${script}`,
    `worker-src ${FRAME_ORIGIN}/${worker}`,
    `style-src 'unsafe-inline' ${FRAME_ORIGIN}/${style}`,
    'img-src data: blob:',
    'font-src data:',
    'media-src data: blob:',
    "connect-src 'none'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${WORKBENCH_ORIGIN}`,
  ].join('; ');

/**
 * Attributes of the iframe that the workbench makes. Scripts and an origin of its own are safe because that origin is not
 * the workbench's; popups, forms, downloads and navigation of the top page stay off.
 */
export const FRAME_ATTRIBUTES = {
  src: `${FRAME_ORIGIN}/index.html`,
  sandbox: 'allow-scripts allow-same-origin',
  allow: [
    'accelerometer',
    'autoplay',
    'camera',
    'clipboard-read',
    'clipboard-write',
    'display-capture',
    'fullscreen',
    'geolocation',
    'gyroscope',
    'hid',
    'microphone',
    'midi',
    'payment',
    'serial',
    'usb',
  ]
    .map((feature) => `${feature} 'none'`)
    .join('; '),
  tabIndex: -1,
} as const;
