import { homedir } from 'node:os';
import { join } from 'node:path';

/** The profile the desktop app uses: Electron's `userData` folder of an app called TRACEFLOW. */
export function defaultProfileDir(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (env.TRACEFLOW_PROFILE) return env.TRACEFLOW_PROFILE;
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'TRACEFLOW');
  if (platform === 'win32') return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'TRACEFLOW');
  return join(env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'TRACEFLOW');
}
