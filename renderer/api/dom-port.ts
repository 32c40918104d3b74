import type { Port } from '../../shared/rpc/port.ts';

/**
 * A DOM MessagePort as the port that both sides of a call speak through. Starts delivering at the first listener. Electron
 * tells with `close` that the other end is gone; our own closing is told the same way, so that pending calls settle.
 */
export const domPort = (port: MessagePort): Port => ({
  post: (message) => port.postMessage(message),
  onMessage: (listener) => {
    port.addEventListener('message', (event) => listener(event.data));
    port.start();
  },
  onClose: (listener) => port.addEventListener('close', () => listener(), { once: true }),
  close: () => {
    port.close();
    port.dispatchEvent(new Event('close'));
  },
});
