import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shapesDiffer } from '../../../shared/analysis/shapes.ts';

describe('shapesDiffer', () => {
  test.each([
    ['{lines:[{id:string}],total:number}', '{items:[{id:string}],total:number}'],
    ['{lines:[{product:{id:string}}]}', '{lines:[{id:string}]}'],
    ['{a:number}', '[{a:number}]'],
    ['{a:{b:number}}', '{a:number}'],
  ])('%s and %s do', (a, b) => {
    expect(shapesDiffer(a, b)).toBe(true);
    expect(shapesDiffer(b, a)).toBe(true);
  });

  test.each([
    ['{lines:[],total:number}', '{lines:[{id:string}],total:number}'],
    ['{user:null}', '{user:{name:string}}'],
    ['{user:null|{name:string}}', '{user:{name:string,age:number}}'],
    ['{a?:number,b:string}', '{b:string}'],
    ['{items:[{a:number,b?:{c:string}}]}', '{items:[{a:number}]}'],
    ['{a:number}', '{a:string}'],
    ['{a:number,b:…}', '{a:number,b:{c:number}}'],
  ])('%s and %s do not', (a, b) => {
    expect(shapesDiffer(a, b)).toBe(false);
    expect(shapesDiffer(b, a)).toBe(false);
  });

  test('any text is compared without trouble, the same either way', () => {
    const text = fc.string({ unit: fc.constantFrom(...'{}[],:|?ab…'), maxLength: 60 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(shapesDiffer(a, a)).toBe(false);
        expect(shapesDiffer(a, b)).toBe(shapesDiffer(b, a));
      }),
    );
  });
});
