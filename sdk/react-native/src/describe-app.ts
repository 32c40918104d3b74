import type { CapturedSession } from '../../../shared/model/captured.ts';
import { cut } from '../../web/src/captured.ts';
import type { User } from '../../web/src/options.ts';

/** Name and version of this SDK in recordings. */
const SDK = '@traceflow/react-native 1.0.0-beta';

/** The phone and its window. */
export interface AppDevice {
  /** `ios`, `android`. */
  readonly system: string;
  readonly systemVersion: string;
  readonly size: () => { readonly width: number; readonly height: number };
}

/** What app, phone, release and person a recording is of. */
export function describeApp(
  { system, systemVersion, size }: AppDevice,
  url: string,
  release: string | undefined,
  user: User | undefined,
): CapturedSession {
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return {
    ...{ sdk: SDK, url, userAgent: cut(`ReactNative (${system} ${systemVersion})`, 500), screen: size() },
    ...{ language: locale, timeZone },
    ...(release ? { release: cut(release, 200) } : {}),
    ...(user ? { user: { id: cut(user.id, 200), ...(user.name ? { name: cut(user.name, 200) } : {}) } } : {}),
  };
}
