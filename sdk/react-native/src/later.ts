import type { AppRecorder } from './options.ts';

/** So many calls are kept for when the recorder is there. */
const MAX_KEPT = 200;

/** A recorder that is not there yet: what it is told is kept and said again, in order. */
export function later(ready: Promise<AppRecorder>): AppRecorder {
  let recorder: AppRecorder | undefined;
  let kept: ((recorder: AppRecorder) => void)[] = [];
  const settled = ready.then((made) => {
    recorder = made;
    for (const say of kept) say(made);
    kept = [];
    return made;
  });
  const say = (body: (recorder: AppRecorder) => void): void => {
    if (recorder) body(recorder);
    else if (kept.length < MAX_KEPT) kept.push(body);
  };
  /** Decisions of the person are few, and none of them may be lost. */
  const decide = (body: (recorder: AppRecorder) => void): void => {
    if (recorder) body(recorder);
    else kept.push(body);
  };
  return {
    get sessionId() {
      return recorder?.sessionId ?? '';
    },
    identify: (user) => say((to) => to.identify(user)),
    track: (name, data) => say((to) => to.track(name, data)),
    tag: (name, value) => say((to) => to.tag(name, value)),
    flag: (name, value) => say((to) => to.flag(name, value)),
    captureException: (error) => say((to) => to.captureException(error)),
    screen: (name) => say((to) => to.screen(name)),
    webViewScript: (origins) => recorder?.webViewScript(origins) ?? 'true;',
    pause: () => decide((to) => to.pause()),
    resume: () => decide((to) => to.resume()),
    optOut: () => decide((to) => to.optOut()),
    optIn: () => decide((to) => to.optIn()),
    flush: () => settled.then((to) => to.flush()),
    stop: () => settled.then((to) => to.stop()),
  };
}
