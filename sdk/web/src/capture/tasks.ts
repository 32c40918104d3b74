import type { CapturedScript } from '../../../../shared/model/captured-performance.ts';
import { cut, type Emit } from '../captured.ts';
import type { Clock } from '../clock.ts';
import { scrub } from '../privacy/text.ts';
import { maskUrl } from '../privacy/url.ts';
import type { Scope } from '../scope.ts';
import { observe } from './observe.ts';

/** Long Animation Frames, which the DOM's types do not have yet. */
interface FrameEntry extends PerformanceEntry {
  readonly blockingDuration: number;
  readonly scripts: readonly ScriptEntry[];
}
interface ScriptEntry {
  readonly duration: number;
  readonly invoker: string;
  readonly sourceURL: string;
  readonly sourceFunctionName: string;
  readonly forcedStyleAndLayoutDuration: number;
}

/** What a task may take without being noticed (RAIL, and the browser's own limit for long tasks). */
const TASK_MS = 50;
const MAX_SCRIPTS = 5;

/** An invoker is `#pay.onclick`, `TimerHandler:setTimeout` or the address of a classic script. */
const invokerOf = (invoker: string): string =>
  cut(/^[a-z]+:\/\//i.test(invoker) ? maskUrl(invoker) : scrub(invoker), 300);

const scriptOf = (script: ScriptEntry): CapturedScript => ({
  durationMs: Math.round(script.duration),
  ...(script.invoker ? { invoker: invokerOf(script.invoker) } : {}),
  ...(script.sourceURL ? { source: cut(maskUrl(script.sourceURL), 2_000) } : {}),
  ...(script.sourceFunctionName ? { function: cut(script.sourceFunctionName, 200) } : {}),
  ...(script.forcedStyleAndLayoutDuration >= 1 ? { layoutMs: Math.round(script.forcedStyleAndLayoutDuration) } : {}),
});

/** Records what kept the main thread busy: long animation frames with their scripts, or else plain long tasks. */
export function captureTasks(scope: Scope, { emit, clock }: { readonly emit: Emit; readonly clock: Clock }): void {
  const frames = observe<FrameEntry>(scope, { type: 'long-animation-frame' }, (entries) => {
    for (const { startTime, duration, blockingDuration, scripts } of entries) {
      // A frame can be long by waiting for its turn: nobody was kept from anything.
      if (blockingDuration <= 0) continue;
      const longest = [...scripts].sort((a, b) => b.duration - a.duration).slice(0, MAX_SCRIPTS);
      emit('task', {
        ...{ kind: 'frame', at: clock.at(startTime), durationMs: Math.round(duration) },
        blockingMs: Math.round(blockingDuration),
        ...(longest.length > 0 ? { scripts: longest.map(scriptOf) } : {}),
      });
    }
  });
  if (frames) return;
  observe(scope, { type: 'longtask' }, (entries) => {
    for (const { startTime, duration } of entries) {
      const blockingMs = Math.max(0, Math.round(duration - TASK_MS));
      emit('task', { kind: 'task', at: clock.at(startTime), durationMs: Math.round(duration), blockingMs });
    }
  });
}
