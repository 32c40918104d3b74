import { z } from 'zod';
import { SessionKey } from '../../shared/model/identity.ts';

const WindowMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('traceflow:engine-port') }),
  z.object({ type: z.literal('traceflow:frame-port'), key: SessionKey }),
  z.object({ type: z.literal('traceflow:engine-failed'), reason: z.string() }),
  z.object({ type: z.literal('traceflow:open-session'), key: SessionKey }),
  z.object({ type: z.literal('traceflow:recovered') }),
  z.object({ type: z.literal('traceflow:command'), id: z.string() }),
]);

/** What the preload hands over by a message to the page itself. */
export interface WindowMessageHandlers {
  readonly enginePort: (port: MessagePort) => void;
  readonly framePort: (key: SessionKey, port: MessagePort) => void;
  readonly engineFailed: (reason: string) => void;
  readonly openSession: (key: SessionKey) => void;
  readonly recovered: () => void;
  readonly command: (id: string) => void;
}

/**
 * Listens for the preload's messages. Only messages of this very window and origin count: the replay frame is another
 * origin and must not be able to hand in a port. @returns a function that stops listening.
 */
export function receiveWindowMessages(page: Window, handlers: WindowMessageHandlers): () => void {
  const receive = (event: MessageEvent): void => {
    if (event.source !== page || event.origin !== page.location.origin) return;
    const message = WindowMessage.safeParse(event.data);
    if (!message.success) return;
    const [port] = event.ports;
    switch (message.data.type) {
      case 'traceflow:engine-port':
        if (port) handlers.enginePort(port);
        break;
      case 'traceflow:frame-port':
        if (port) handlers.framePort(message.data.key, port);
        break;
      case 'traceflow:engine-failed':
        handlers.engineFailed(message.data.reason);
        break;
      case 'traceflow:open-session':
        handlers.openSession(message.data.key);
        break;
      case 'traceflow:recovered':
        handlers.recovered();
        break;
      case 'traceflow:command':
        handlers.command(message.data.id);
        break;
    }
  };
  page.addEventListener('message', receive);
  return () => page.removeEventListener('message', receive);
}
