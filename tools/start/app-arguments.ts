import { SOFTWARE_RENDERING } from '../setup/runtime.ts';

/** What `npm start -- ...` was asked for. */
export interface StartRequest {
  /** Arguments for the demo tool, or null to run the app. */
  readonly headlessDemo: readonly string[] | null;
  /** End after the screenshot instead of staying until Ctrl-C; only where there is no display. */
  readonly once: boolean;
  /** Passed on to the app: files to open and its own options. */
  readonly forApp: readonly string[];
}

/** Sorts the arguments of `npm start --`. */
export function readStartRequest(args: readonly string[]): StartRequest {
  const demo = args.includes('--headless-demo');
  const rest = args.filter((arg) => arg !== '--headless-demo' && (demo || arg !== '--once'));
  return { headlessDemo: demo ? rest : null, once: !demo && args.includes('--once'), forApp: demo ? [] : rest };
}

/** Where the app is started: decides which switches Chromium needs. */
export interface StartPlace {
  readonly display: boolean;
  readonly root: boolean;
  readonly screenshot: string;
}

/** The command line of Electron for the app in `folder`. */
export const electronArguments = (folder: string, place: StartPlace, forApp: readonly string[]): string[] => [
  ...(place.display ? [] : SOFTWARE_RENDERING),
  ...(place.root ? ['--no-sandbox'] : []),
  folder,
  ...(place.display ? [] : [`--screenshot=${place.screenshot}`]),
  ...forApp,
];
