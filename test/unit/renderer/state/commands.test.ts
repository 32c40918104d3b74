import { describe, expect, it } from 'vitest';
import { createCommandRegistry } from '../../../../renderer/state/command-registry.ts';
import { chordOf, conflictsOf, findCommand } from '../../../../renderer/state/commands.ts';
import { COMMAND_IDS, COMMANDS, keysOf } from '../../../../shared/ipc/commands.ts';

const none = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

describe('commands', () => {
  it('are found by a press written as the table does', () => {
    expect(chordOf({ ...none, key: ' ' })).toBe('Space');
    expect(chordOf({ ...none, key: 's', ctrlKey: true, shiftKey: true })).toBe('Ctrl+Shift+S');
    expect(chordOf({ ...none, key: 'o', metaKey: true })).toBe('Ctrl+O');
  });
  it('take a sign as it is, whatever the keyboard needs for it', () => {
    expect(chordOf({ ...none, key: '?', shiftKey: true })).toBe('?');
    expect(chordOf({ ...none, key: '[', ctrlKey: true, altKey: true })).toBe('[');
    expect(chordOf({ ...none, key: '\\', ctrlKey: true })).toBe('Ctrl+\\');
  });
  it('are found only within the scope', () => {
    expect(findCommand('session', { ...none, key: 'k' }, {})).toBe('playPause');
    expect(findCommand('window', { ...none, key: 'k' }, {})).toBeNull();
    expect(findCommand('session', { ...none, key: 'S', shiftKey: true }, {})).toBeNull();
  });
  it('answer to the keys a person chose instead of their own', () => {
    const choice = { goLive: ['Ctrl+L'] };
    const press = { ...none, key: 'l', ctrlKey: true };
    expect(findCommand('window', press, {})).toBeNull();
    expect(findCommand('window', press, choice)).toBe('goLive');
    expect(findCommand('window', { ...none, key: '2', ctrlKey: true }, choice)).toBeNull();
    expect(conflictsOf('goQuery', 'Ctrl+L', choice)).toEqual(['goLive']);
    expect(conflictsOf('goLive', 'Ctrl+L', choice)).toEqual([]);
    expect(conflictsOf('playPause', 'Delete', choice)).toEqual([]);
    expect(conflictsOf('syncAll', 'Delete', choice)).toEqual(['delete']);
  });
  it('give no chord two meanings in places that work together', () => {
    const double = COMMAND_IDS.flatMap((id) =>
      keysOf(id, {}).flatMap((chord) => conflictsOf(id, chord, {}).map((other) => `${chord}: ${id}, ${other}`)),
    );
    expect(double).toEqual([]);
  });
  it('say in different words what they do', () => {
    const labels = COMMAND_IDS.map((id) => COMMANDS[id].label);
    expect(new Set(labels).size).toBe(labels.length);
  });
});

describe('the registry of commands', () => {
  it('runs what was added last, and nothing that was taken away', () => {
    const registry = createCommandRegistry();
    const ran: string[] = [];
    const takeFirst = registry.add('session', { playPause: () => ran.push('first') });
    const takeSecond = registry.add('session', { playPause: () => ran.push('second') });
    expect(registry.run('playPause')).toBe(true);
    takeSecond();
    expect(registry.run('playPause')).toBe(true);
    takeFirst();
    expect(registry.run('playPause')).toBe(false);
    expect(registry.has('playPause')).toBe(false);
    expect(ran).toEqual(['second', 'first']);
  });
});
