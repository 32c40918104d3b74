import { describe, expect, it } from 'vitest';
import { chordOf, findShortcut, SHORTCUTS, type Shortcut } from '../../../../renderer/state/shortcuts.ts';

const none = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

describe('shortcuts', () => {
  it('writes presses as the table does', () => {
    expect(chordOf({ ...none, key: ' ' })).toBe('Space');
    expect(chordOf({ ...none, key: 's', ctrlKey: true, shiftKey: true })).toBe('Ctrl+Shift+S');
    expect(chordOf({ ...none, key: 'o', metaKey: true })).toBe('Ctrl+O');
  });
  it('takes a sign as it is, whatever the keyboard needs for it', () => {
    expect(chordOf({ ...none, key: '?', shiftKey: true })).toBe('?');
    expect(chordOf({ ...none, key: '[', ctrlKey: true, altKey: true })).toBe('[');
  });
  it('finds only within the scope', () => {
    expect(findShortcut('session', { ...none, key: 'k' })).toBe('playPause');
    expect(findShortcut('window', { ...none, key: 'k' })).toBeNull();
    expect(findShortcut('session', { ...none, key: 'S', shiftKey: true })).toBeNull();
  });
  it('gives no chord two meanings in places that work together', () => {
    const chords = (scopes: readonly string[]) =>
      Object.values<Shortcut>(SHORTCUTS)
        .filter(({ scope }) => scopes.includes(scope))
        .flatMap(({ keys }) => keys);
    for (const scopes of [
      ['window', 'session'],
      ['window', 'library'],
    ]) {
      const all = chords(scopes);
      expect(all.filter((chord, index) => all.indexOf(chord) !== index)).toEqual([]);
    }
  });
});
