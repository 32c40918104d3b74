import { WINDOW } from './native-side.ts';

/** Makes the modules that React Native asks its native side for, by name. */
export type Modules = (name: string) => unknown;

/** Sends an event of the native side (`didReceiveNetworkData`) to JavaScript. */
export type EmitDevice = (name: string, ...args: unknown[]) => void;

const SCREEN = { ...WINDOW, scale: 2, fontScale: 1 };
const CONSTANTS: Readonly<Record<string, object>> = {
  PlatformConstants: {
    ...{ osVersion: '19.1', systemName: 'iOS', interfaceIdiom: 'phone', isTesting: true, forceTouchAvailable: false },
    reactNativeVersion: { major: 0, minor: 88, patch: 1 },
  },
  DeviceInfo: { Dimensions: { window: SCREEN, screen: SCREEN } },
  AppState: { initialAppState: 'active' },
  SourceCode: { scriptURL: 'app' },
  I18nManager: { isRTL: false, doLeftAndRightSwapInRTL: true },
};
/** Without these React Native reads answers as text. */
const MISSING = new Set(['BlobModule', 'FileReaderModule']);

interface Query {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly data?: { readonly string?: string };
  readonly responseType: string;
}

/** Requests go out by Node's own `fetch`. */
function networking(emit: EmitDevice): object {
  let last = 0;
  const send = async (id: number, { method, url, headers, data, responseType }: Query): Promise<void> => {
    try {
      const response = await fetch(url, {
        method,
        headers,
        ...(data?.string === undefined ? {} : { body: data.string }),
      });
      emit('didReceiveNetworkResponse', [id, response.status, Object.fromEntries(response.headers), url]);
      const bytes = Buffer.from(await response.arrayBuffer());
      emit('didReceiveNetworkData', [id, bytes.toString(responseType === 'base64' ? 'base64' : 'utf8')]);
      emit('didCompleteNetworkResponse', [id, null, false]);
    } catch (error) {
      emit('didCompleteNetworkResponse', [id, String(error), false]);
    }
  };
  return {
    ...{ addListener: () => undefined, removeListeners: () => undefined, abortRequest: () => undefined },
    sendRequest(query: Query, done: (id: number) => void) {
      last += 1;
      done(last);
      void send(last, query);
    },
  };
}

/** @param more functions of modules that answer something. */
export function createModules(emit: EmitDevice, more: Readonly<Record<string, object>>): Modules {
  const own: Record<string, object> = { Networking: networking(emit), ...more };
  return (name) => {
    if (MISSING.has(name)) return null;
    const given = own[name] as Record<string, unknown> | undefined;
    return new Proxy(
      {},
      {
        get(_target, member) {
          if (member === 'then') return undefined;
          if (member === 'getConstants') return () => CONSTANTS[name] ?? {};
          return given?.[String(member)] ?? (() => undefined);
        },
      },
    );
  };
}
