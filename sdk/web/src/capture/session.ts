import type { CapturedSession } from '../../../../shared/model/captured.ts';
import { cut } from '../captured.ts';
import type { User } from '../options.ts';
import type { Rules } from '../privacy/rules.ts';
import { maskUrl } from '../privacy/url.ts';
import { locationOf } from './navigation.ts';

/** Name and version of this SDK in recordings. */
const SDK = '@traceflow/web 1.0.0-beta';

/** What page, browser, release and person a recording is of. */
export function describeSession(
  page: Window,
  rules: Rules,
  release: string | undefined,
  user: User | undefined,
): CapturedSession {
  const { navigator, document, screen } = page;
  return {
    sdk: SDK,
    ...locationOf(page, rules),
    ...(document.referrer ? { referrer: cut(maskUrl(document.referrer), 2_000) } : {}),
    ...(release ? { release: cut(release, 200) } : {}),
    ...(user ? { user: { id: cut(user.id, 200), ...(user.name ? { name: cut(user.name, 200) } : {}) } } : {}),
    userAgent: cut(navigator.userAgent, 500),
    language: navigator.language,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    screen: { width: screen.width, height: screen.height },
  };
}
