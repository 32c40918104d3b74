import { deflateSync, inflateSync } from 'node:zlib';
import { pack } from '@rrweb/packer';
import { describe, expect, it } from 'vitest';
import { createEventReader } from '../../../shared/formats/rrweb/event-reader.ts';

const reader = () =>
  createEventReader({
    inflate: (bytes) => inflateSync(bytes, { maxOutputLength: 1_000_000 }).toString('utf8'),
    maxDepth: 100,
  });

describe('createEventReader', () => {
  it('hands an event on as the very text it was read from', () => {
    const text = '{ "type":3 , "data":{"__proto__":{"polluted":true}}, "timestamp":17 }';
    const one = reader();
    expect(one.read(text)).toEqual([]); // held back until a second event agrees with its time
    expect(one.flush()).toEqual([{ text, at: 17 }]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('reads what rrweb’s packer wrote', () => {
    const event = { type: 4, data: { href: 'https://shop.example/ä', width: 1, height: 2 }, timestamp: 1000 };
    const one = reader();
    one.read(JSON.stringify(pack(event as never)));
    const [read] = one.flush();
    expect(JSON.parse(read?.text ?? '')).toMatchObject(event);
  });

  it('counts strings that are packed but broken, too large or too deep as unreadable', () => {
    const one = reader();
    const packed = (text: string) => JSON.stringify(deflateSync(text).toString('latin1'));
    expect(one.read(packed(`{"type":1,"data":"${'x'.repeat(1_100_000)}"}`))).toEqual([]);
    expect(one.read(packed(`${'['.repeat(200)}${']'.repeat(200)}`))).toEqual([]);
    expect(one.read(JSON.stringify('x\x9cnot deflate'))).toEqual([]);
    expect(one.counts.unreadable).toBe(3);
  });

  it('places events without a usable time next to their neighbours and says how many', () => {
    const one = reader();
    const at = (event: object) => one.read(JSON.stringify(event)).map((read) => read.at);
    expect(at({ type: 4 })).toEqual([]); // held back until there is a time ...
    expect(at({ type: 2, timestamp: 500 })).toEqual([]); // ... that another one agrees with
    expect(at({ type: 3, timestamp: 600 })).toEqual([500, 500, 600]);
    expect(one.read('{"type":3,"timestamp":1e400}').map((read) => read.at)).toEqual([600]);
    expect(at({ type: 3, timestamp: '700' })).toEqual([700]);
    expect(at({ type: 3, timestamp: null })).toEqual([700]);
    expect(at({ type: 3, timestamp: -5 })).toEqual([-5]);
    expect(one.counts).toMatchObject({ events: 7, noTime: 3, negativeTime: 1, backwards: 1 });
  });

  it('gives events that never had a time at the end, with a time', () => {
    const one = reader();
    one.read('{"type":4,"data":{}}');
    expect(one.flush()).toEqual([{ text: '{"type":4,"data":{},"timestamp":0}', at: 0 }]);
  });

  it('counts everything that is no event', () => {
    const one = reader();
    for (const text of ['{}', '{"type":"x"}', '[1]', '"hello"', '{"type":1.5}', '{"toString":1,"hasOwnProperty":2}']) {
      expect(one.read(text)).toEqual([]);
    }
    expect(one.read('{"type":')).toEqual([]);
    expect(one.counts).toMatchObject({ events: 0, notEvents: 6, unreadable: 1 });
  });
});
