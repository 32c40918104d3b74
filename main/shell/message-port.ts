import type { MessagePortMain } from 'electron';
import type { Port } from '../../shared/rpc/port.ts';

/** Electron's end of a message channel as a `Port`. */
export function portOf(port: MessagePortMain): Port {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', (event) => listener(event.data));
      port.start();
    },
    onClose: (listener) => {
      port.on('close', listener);
    },
    close: () => port.close(),
  };
}
