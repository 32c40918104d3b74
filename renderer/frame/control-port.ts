import { ToFrame, ToWorkbench } from '../../shared/ipc/frame-messages.ts';

/** The frame's end of the port to the workbench: what does not fit the contract is dropped, both ways. */
export interface ControlPort {
  send(message: ToWorkbench): void;
  onMessage(listener: (message: ToFrame) => void): void;
}

export function createControlPort(port: MessagePort): ControlPort {
  return {
    send: (message) => {
      const checked = ToWorkbench.safeParse(message);
      if (checked.success) port.postMessage(checked.data);
    },
    onMessage: (listener) => {
      port.addEventListener('message', ({ data }) => {
        const checked = ToFrame.safeParse(data);
        if (checked.success) listener(checked.data);
      });
      port.start();
    },
  };
}
