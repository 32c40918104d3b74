import { describe, expect, it } from 'vitest';
import { readGridKey, readHeaderKey } from '../../../../renderer/ui/data-grid/grid-keys.ts';

const press = (key: string, held: Partial<Record<'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

describe('readGridKey', () => {
  it.each([
    ['ArrowDown', null, 0],
    ['ArrowUp', null, 9],
    ['ArrowDown', 9, 9],
    ['ArrowUp', 0, 0],
    ['PageDown', 2, 6],
    ['PageUp', 2, 0],
    ['Home', 5, 0],
    ['End', 5, 9],
  ])('%s from row %s goes to row %d of 10', (key, active, index) => {
    expect(readGridKey(press(key), active, 10, 4)).toEqual({ type: 'move', index, mode: 'one' });
  });
  it('extends with Shift', () => {
    expect(readGridKey(press('ArrowDown', { shiftKey: true }), 3, 10, 4)).toEqual({
      type: 'move',
      index: 4,
      mode: 'range',
    });
  });
  it('knows its other keys and leaves the rest alone', () => {
    expect(readGridKey(press('a', { ctrlKey: true }), 0, 10, 4)).toEqual({ type: 'all' });
    expect(readGridKey(press('Enter'), 0, 10, 4)).toEqual({ type: 'open' });
    expect(readGridKey(press(' '), 0, 10, 4)).toEqual({ type: 'toggle' });
    expect(readGridKey(press('a'), 0, 10, 4)).toBeNull();
    expect(readGridKey(press('ArrowDown', { altKey: true }), 0, 10, 4)).toBeNull();
    expect(readGridKey(press('ArrowDown'), null, 0, 4)).toBeNull();
  });
});

describe('readHeaderKey', () => {
  it.each([
    ['ArrowRight', {}, { type: 'go', step: 1 }],
    ['ArrowLeft', {}, { type: 'go', step: -1 }],
    ['ArrowRight', { altKey: true }, { type: 'resize', step: 1 }],
    ['ArrowLeft', { ctrlKey: true }, { type: 'move', step: -1 }],
    ['ArrowLeft', { metaKey: true }, { type: 'move', step: -1 }],
    ['ArrowDown', { altKey: true }, { type: 'menu' }],
    ['F10', { shiftKey: true }, { type: 'menu' }],
    ['ContextMenu', {}, { type: 'menu' }],
    ['ArrowDown', {}, null],
    ['ArrowRight', { shiftKey: true }, null],
    ['Enter', {}, null],
  ] as const)('%s with %j means %j', (key, held, meaning) => {
    expect(readHeaderKey(press(key, held))).toEqual(meaning);
  });
});
