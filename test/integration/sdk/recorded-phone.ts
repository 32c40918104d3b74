import { join } from 'node:path';
import type { AppRecorder } from '../../../sdk/react-native/src/options.ts';
import type { PlacedEvent, RecordedEvent } from '../../../shared/model/recorded-event.ts';
import { bundleApp } from '../../support/phone/bundle-app.ts';
import { type Phone, startPhone } from '../../support/phone/phone.ts';
import { type Sink, startSink } from './sink.ts';

/** A server, and phones with an app that can be recorded. */
export interface PhoneShop {
  readonly sink: Sink;
  /** What the apps wrote to their consoles. */
  readonly lines: string[];
  /** What `/orders` answers, `null` for no answer at all. */
  orders: { readonly status: number; readonly body: string };
  /** What the apps' storage holds: it outlives them. */
  readonly stored: Map<string, string>;
  /** Starts the app and waits until its screen was recorded or, where nothing is to be recorded, drawn. */
  open(config?: Readonly<Record<string, unknown>>): Promise<Phone>;
  /** Sends all that is recorded and returns the events of the newest generation. */
  recorded(recorder: AppRecorder): Promise<RecordedEvent[]>;
  /** All that was sent under a session, as a reader gets it. */
  placed(session: string): PlacedEvent[];
  close(): Promise<void>;
}

/** @param turns how often to look, some milliseconds apart. @throws when the condition never holds. */
export async function until(what: string, condition: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`never came: ${what}`);
    await new Promise((done) => setTimeout(done, 10));
  }
}

/** Builds the app once and starts a server for its recordings and requests. */
export async function openPhoneShop(): Promise<PhoneShop> {
  const bundle = await bundleApp(join(import.meta.dirname, '../../support/phone/shop-app.jsx'));
  const lines: string[] = [];
  const stored = new Map<string, string>();
  const phones = new Set<Phone>();
  const sink = await startSink((path, response) => {
    if (path !== '/orders') return false;
    response.writeHead(shop.orders.status, { 'content-type': 'application/json' }).end(shop.orders.body);
    return true;
  });
  const storage = {
    getItem: async (name: string) => stored.get(name) ?? null,
    setItem: async (name: string, value: string) => void stored.set(name, value),
    removeItem: async (name: string) => void stored.delete(name),
  };
  const drawn = (phone: Phone, id: string): boolean => {
    try {
      return phone.screen.byTestId(id) !== undefined;
    } catch {
      return false; // not drawn yet
    }
  };
  const shop: PhoneShop = {
    ...{ sink, lines, stored, orders: { status: 500, body: '{"message":"SECRETanswer"}' } },
    async open(config = {}) {
      const onConsole = (line: string) => void lines.push(line);
      const given = { server: sink.url, key: 'k', release: '1.2.3', api: sink.url, storage, ...config };
      const phone = startPhone({ bundle, config: given, onConsole });
      phones.add(phone);
      await until('the first screen', () => drawn(phone, 'pay'));
      return phone;
    },
    async recorded(recorder) {
      await recorder.flush();
      return sink.events(sink.heads.findLast(({ session }) => session === recorder.sessionId)?.generation);
    },
    placed(session) {
      const generations = new Map(
        sink.heads.filter((head) => head.session === session).map((head) => [head.generation, head.window]),
      );
      return [...generations].flatMap(([generation, window]) => {
        const seqs = sink.seqs(generation);
        return sink.events(generation).map((event, i) => ({ window, generation, seq: seqs[i] ?? i, event }));
      });
    },
    async close() {
      for (const phone of phones) phone.kill();
      await sink.close();
    },
  };
  return shop;
}
