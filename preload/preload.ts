import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron';
import type { ShellBridge } from '../shared/ipc/shell-bridge.ts';

/**
 * The only thing between the page and the shell. It has no code per call: the shell validates names and inputs. Ports
 * cannot cross the bridge, so they are handed over by a window message to the page's own origin.
 */
const bridge: ShellBridge = {
  call: (name, input) => ipcRenderer.invoke('traceflow:shell', name, input),
  droppedFiles: (files) =>
    ipcRenderer.invoke('traceflow:shell', 'drop.import', {
      paths: files.map((file) => webUtils.getPathForFile(file as File)),
    }),
  savedState: ipcRenderer.sendSync('traceflow:read-state') as string | null,
  saveState: (text) => ipcRenderer.send('traceflow:save-state', text),
  openFramePort: (key) => ipcRenderer.send('traceflow:open-frame', key),
};

contextBridge.exposeInMainWorld('traceflowShell', bridge);

const handOver = (type: string, detail: Record<string, unknown>, event: IpcRendererEvent): void =>
  window.postMessage({ type, ...detail }, window.location.origin, [...event.ports]);

ipcRenderer.on('traceflow:engine-port', (event) => handOver('traceflow:engine-port', {}, event));
ipcRenderer.on('traceflow:frame-port', (event, key: string) => handOver('traceflow:frame-port', { key }, event));
ipcRenderer.on('traceflow:engine-failed', (event, reason: string) =>
  handOver('traceflow:engine-failed', { reason }, event),
);
ipcRenderer.on('traceflow:open-session', (event, key: string) => handOver('traceflow:open-session', { key }, event));
ipcRenderer.on('traceflow:recovered', (event) => handOver('traceflow:recovered', {}, event));
ipcRenderer.on('traceflow:command', (event, id: string) => handOver('traceflow:command', { id }, event));
