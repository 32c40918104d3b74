import '../../../renderer/api/no-eval.ts';
import { domPort } from '../../../renderer/api/dom-port.ts';
import type { ShellBridge } from '../../../shared/ipc/shell-bridge.ts';
import { createFakeEngine, type FakeEngine, type FakeEngineOptions } from './fake-engine-port.ts';

declare global {
  interface Window {
    fakeOptions: FakeEngineOptions;
    /** For tests: what was asked of the shell and the engine, and an engine that can be started again. */
    fake: {
      readonly engine: FakeEngine;
      readonly shellCalls: { readonly name: string; readonly input: unknown }[];
      readonly violations: string[];
      startEngine(): void;
      stopEngine(): void;
    };
  }
}

/** Stands where the preload stands: it runs before the page's own script. */
function install(): void {
  const engine = createFakeEngine(window.fakeOptions);
  const shellCalls: { name: string; input: unknown }[] = [];
  const violations: string[] = [];
  let enginePort: MessagePort | null = null;
  const bridge: ShellBridge = {
    call: async (name, input) => {
      shellCalls.push({ name, input });
      if (name === 'app.info') {
        const value = {
          version: '1.0.0-beta',
          electron: '',
          chrome: '',
          node: '',
          platform: 'linux',
          sandboxed: true,
          profileDir: '/home/ada/.config/traceflow',
          engineFailure: null,
        };
        return { ok: true, value };
      }
      return { ok: true, value: name.endsWith('.set') ? undefined : { jobId: null } };
    },
    droppedFiles: async (files) => {
      shellCalls.push({ name: 'droppedFiles', input: files.map(({ name }) => name) });
      return { ok: true, value: { jobId: 'drop' } };
    },
    get savedState() {
      return localStorage.getItem('traceflow.workbench');
    },
    saveState: (text) => localStorage.setItem('traceflow.workbench', text),
    openFramePort: (key) => {
      const { port1, port2 } = new MessageChannel();
      port1.start();
      window.postMessage({ type: 'traceflow:frame-port', key }, location.origin, [port2]);
    },
  };
  const startEngine = (): void => {
    const { port1, port2 } = new MessageChannel();
    enginePort = port1;
    engine.serve(domPort(port1));
    window.postMessage({ type: 'traceflow:engine-port' }, location.origin, [port2]);
  };
  Object.assign(window, {
    traceflowShell: bridge,
    fake: { engine, shellCalls, violations, startEngine, stopEngine: () => enginePort?.close() },
  });
  document.addEventListener('securitypolicyviolation', (event) =>
    violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`),
  );
  window.addEventListener('load', startEngine);
}

if (window === window.top) install();
