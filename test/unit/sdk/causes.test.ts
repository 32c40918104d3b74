import { afterEach, expect, test, vi } from 'vitest';
import { type Cause, createCauses } from '../../../sdk/web/src/capture/causes.ts';

/** The message channel that tells the end of a task, delivering when the test says so. */
function controlledChannel(): { deliver: () => void } {
  const posted: (() => void)[] = [];
  class Channel {
    readonly port1: { onmessage: (() => void) | null; close: () => void } = { onmessage: null, close: () => undefined };
    readonly port2 = { postMessage: () => void posted.push(() => this.port1.onmessage?.()) };
  }
  vi.stubGlobal('MessageChannel', Channel);
  return { deliver: () => posted.shift()?.() };
}

afterEach(() => void vi.unstubAllGlobals());

const ANSWER: Cause = { action: 1, request: 'r1', at: 1 };

test('a rejection belongs to the answer used in its task, seen before and after that task ends', () => {
  const tasks = controlledChannel();
  const causes = createCauses(() => undefined);
  causes.enter(ANSWER);
  expect(causes.ofRejection()).toEqual(ANSWER);
  tasks.deliver();
  expect(causes.ofRejection()).toEqual(ANSWER);
  tasks.deliver();
  expect(causes.ofRejection()).toBeUndefined();
});

test.each([
  ['the same act', { action: 1, request: 'r2', at: 2 }, { action: 1, request: undefined, at: 2 }],
  ['another act', { action: 2, request: 'r2', at: 2 }, { action: undefined, request: undefined, at: 2 }],
])('a rejection between two answers has only in common what %s has', (_, next, common) => {
  const tasks = controlledChannel();
  const causes = createCauses(() => undefined);
  causes.enter(ANSWER);
  tasks.deliver();
  causes.enter(next);
  expect(causes.ofRejection()).toEqual(common);
  expect(causes.current()).toEqual(next);
});
