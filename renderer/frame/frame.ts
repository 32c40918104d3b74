import './frame.css';
import { FRAME_HANDSHAKE, WORKBENCH_ORIGIN } from '../../shared/replay/frame-policy.ts';
import { connect } from '../../shared/rpc/rpc.ts';
import { createControlPort } from './control-port.ts';
import { domPort } from './dom-port.ts';
import { askWorker, createMirror } from './mirror-client.ts';
import { startReplay } from './replay.ts';

/** Waits for the one message that counts: from the workbench, with the two ports. Whatever else comes is not heard. */
function waitForPorts(): Promise<readonly [data: MessagePort, control: MessagePort]> {
  return new Promise((resolve) => {
    const listen = ({ origin, source, data, ports }: MessageEvent): void => {
      const [dataPort, controlPort] = ports;
      if (origin !== WORKBENCH_ORIGIN || source !== parent || data !== FRAME_HANDSHAKE) return;
      if (!dataPort || !controlPort) return;
      removeEventListener('message', listen);
      resolve([dataPort, controlPort]);
    };
    addEventListener('message', listen);
  });
}

const stage = document.getElementById('stage');
if (stage) {
  const [data, control] = await waitForPorts();
  const worker = new Worker(new URL('./mirror-worker.ts', import.meta.url), { type: 'module' });
  await startReplay({
    stage,
    control: createControlPort(control),
    data: connect(domPort(data)),
    mirror: createMirror(askWorker(worker)),
  });
}
