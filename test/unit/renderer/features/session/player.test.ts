import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPlayer } from '../../../../../renderer/features/session/player.ts';

const open: MessagePort[] = [];
afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

/** A player and the frame's end of its control port. */
function playing(atMs = 0) {
  const player = createPlayer({ atMs, speed: 2, skipInactivity: true });
  const { port1, port2 } = new MessageChannel();
  open.push(port1 as never, port2 as never);
  const told: unknown[] = [];
  port2.onmessage = ({ data }) => told.push(data);
  player.connect(port1 as never);
  return { player, told, say: (message: unknown) => port2.postMessage(message) };
}

describe('createPlayer', () => {
  it('takes a frame that opened to where the tab was left', async () => {
    const { player, told, say } = playing(4200);
    say({ type: 'opened', durationMs: 60_000, events: 10 });
    await vi.waitFor(() => expect(told).toHaveLength(4));
    expect(told).toEqual([
      { type: 'speed', speed: 2 },
      { type: 'skip-inactivity', on: true },
      { type: 'overlays', trail: true, masks: false },
      { type: 'seek', atMs: 4200 },
    ]);
    expect(player.get()).toMatchObject({ durationMs: 60_000, atMs: 4200 });
  });

  it('drops whatever is not in the protocol', async () => {
    const { player, say } = playing();
    for (const message of [
      null,
      7,
      { type: 'time', atMs: -1, playing: true },
      { type: 'time', atMs: 5 },
      { type: 'eval' },
    ]) {
      say(message);
    }
    say({ type: 'blocked', count: 2, urls: ['https://a.test/x'] });
    await vi.waitFor(() => expect(player.get().blocked.count).toBe(2));
    expect(player.get()).toMatchObject({ atMs: 0, playing: false, durationMs: null });
  });

  it('does not jump back to times from before a seek', async () => {
    const { player, say } = playing();
    say({ type: 'opened', durationMs: 60_000, events: 10 });
    say({ type: 'time', atMs: 0, playing: true });
    await vi.waitFor(() => expect(player.get().playing).toBe(true));
    player.seek(30_000);
    const seen: number[] = [];
    player.subscribe(() => seen.push(player.get().atMs));
    for (const atMs of [16, 32, 30_010, 30_026]) say({ type: 'time', atMs, playing: true });
    await vi.waitFor(() => expect(player.get().atMs).toBe(30_026));
    expect(Math.min(...seen)).toBe(30_000);
  });

  it('believes a frame that insists on another time', async () => {
    const { player, say } = playing();
    say({ type: 'opened', durationMs: 60_000, events: 10 });
    await vi.waitFor(() => expect(player.get().durationMs).toBe(60_000));
    player.seek(30_000);
    for (let turn = 0; turn < 40; turn += 1) say({ type: 'time', atMs: 500, playing: false });
    await vi.waitFor(() => expect(player.get().atMs).toBe(500));
  });

  it('seeks within the session, and plays from the start again at its end', async () => {
    const { player, told, say } = playing();
    say({ type: 'opened', durationMs: 1000, events: 1 });
    await vi.waitFor(() => expect(told).toHaveLength(4));
    player.seek(5000);
    expect(player.get().atMs).toBe(1000);
    player.play();
    await vi.waitFor(() => expect(told.slice(4)).toHaveLength(3));
    expect(told.slice(4)).toEqual([{ type: 'seek', atMs: 1000 }, { type: 'seek', atMs: 0 }, { type: 'play' }]);
    player.seek(-5);
    expect(player.get().atMs).toBe(0);
  });
});
