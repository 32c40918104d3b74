/**
 * Where programs put the array of rrweb events when they do not save the bare array: names of an object's keys, two
 * levels at most. None of them can be an array inside an rrweb event, so an object is never mistaken for a wrapper.
 */
export const WRAPPER_PATHS: ReadonlySet<string> = new Set([
  'events',
  'data',
  'data.events',
  'data.snapshots',
  'snapshots',
  'recording',
  'recording.events',
  'recordings',
  'replay.events',
  'session.events',
  'rrweb',
  'rrwebEvents',
  'rrweb_events',
]);
