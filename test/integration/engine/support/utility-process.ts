import { type MessagePort, parentPort } from 'node:worker_threads';

// Stands in for Electron's side of a utility process: `process.parentPort`, and ports as Electron hands them over.
interface Delivered {
  readonly data: unknown;
  readonly ports: readonly MessagePort[];
}

const electronPort = (port: MessagePort) => ({
  postMessage: (message: unknown) => port.postMessage(message),
  on: (event: 'message' | 'close', listener: (event: { data: unknown }) => void) => {
    port.on(event, (data: unknown) => listener({ data }));
  },
  start: () => port.start(),
  close: () => port.close(),
});

Object.defineProperty(process, 'parentPort', {
  value: {
    postMessage: (message: unknown) => parentPort?.postMessage(message),
    on: (_event: 'message', listener: (event: { data: unknown; ports: unknown[] }) => void) => {
      parentPort?.on('message', ({ data, ports }: Delivered) => listener({ data, ports: ports.map(electronPort) }));
    },
  },
});

await import('../../../../main/engine/engine-process.ts');
