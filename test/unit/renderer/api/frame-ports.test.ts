import { describe, expect, it, vi } from 'vitest';
import { createFramePorts } from '../../../../renderer/api/frame-ports.ts';

const port = () => ({ close: vi.fn() }) as unknown as MessagePort;

describe('createFramePorts', () => {
  it('gives each port to who asked for its session, in order', async () => {
    const asked: string[] = [];
    const ports = createFramePorts((key) => asked.push(key));
    const { signal } = new AbortController();
    const [a1, b, a2] = [ports.open('a', signal), ports.open('b', signal), ports.open('a', signal)];
    const [first, second, third] = [port(), port(), port()];
    ports.deliver('b', second);
    ports.deliver('a', first);
    ports.deliver('a', third);
    expect(asked).toEqual(['a', 'b', 'a']);
    expect(await Promise.all([a1, b, a2])).toEqual([first, second, third]);
  });
  it('closes a port that nobody waits for any more', () => {
    const ports = createFramePorts(() => undefined);
    const gone = new AbortController();
    void ports.open('a', gone.signal);
    gone.abort();
    const [late, stray] = [port(), port()];
    ports.deliver('a', late);
    ports.deliver('a', stray);
    expect(late.close).toHaveBeenCalledOnce();
    expect(stray.close).toHaveBeenCalledOnce();
  });
});
