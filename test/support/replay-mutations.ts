import fc from 'fast-check';
import {
  fullSnapshot,
  incremental,
  meta,
  mutation,
  nodeFactory,
  numbered,
  type TestEvent,
  type TestNode,
} from './replay-page.ts';

/** One step of a random recording; numbers choose among what is there, so that most steps do something. */
const step = fc.record({
  kind: fc.constantFrom(
    'add',
    'add',
    'add',
    'remove',
    'move',
    'text',
    'attribute',
    'attribute',
    'style',
    'input',
    'scroll',
    'rule',
    'adopt',
    'frame',
    'shadow',
    'checkout',
    'resize',
  ),
  where: fc.nat(1000),
  beside: fc.nat(1000),
  value: fc.string({ maxLength: 6 }),
  number: fc.nat(500),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const TAGS = ['div', 'p', 'style', 'input', 'select', 'option', 'iframe', 'section', 'textarea', 'link'];

/** A recording of random length with all kinds of changes of the page, valid and not. */
export const randomRecording: fc.Arbitrary<TestEvent[]> = fc.array(step, { minLength: 1, maxLength: 60 }).map(record);

function record(steps: readonly Step[]): TestEvent[] {
  const { page, element, text } = nodeFactory();
  const start = page(
    [element('style', { _cssText: 'p{color:red}/* rr_split */b{}' }, [text(''), text('')])],
    [element('div', {}, [element('p', {}, [text('hello')]), element('input', { type: 'radio', name: 'a' })])],
  );
  const known = Array.from({ length: 16 }, (_, i) => i + 1);
  let next = 100;
  const pick = (n: number): number => known[n % known.length] ?? 1;
  const fresh = (node: TestNode): TestNode => {
    const withIds = numbered(node, next);
    for (let stack = [withIds], at = stack.pop(); at; at = stack.pop()) {
      known.push(at.id);
      next = Math.max(next, at.id + 1);
      stack.push(...(at.childNodes ?? []));
    }
    return withIds;
  };
  const events = steps.flatMap((at, i): TestEvent[] => event(at, 2000 + i * 10));
  return [meta(1000), fullSnapshot(1010, start), ...events];

  function event({ kind, where, beside, value, number }: Step, time: number): TestEvent[] {
    const id = pick(where);
    const nextId = number % 3 === 0 ? null : pick(beside);
    const add = (node: TestNode, parentId = id): unknown => ({ parentId, nextId, node });
    switch (kind) {
      case 'add': {
        const tag = TAGS[number % TAGS.length] ?? 'div';
        const node = number % 4 === 0 ? text(value) : element(tag, { title: value, class: 'c' });
        return [mutation(time, { adds: [add(fresh(node))] })];
      }
      case 'remove':
        return [mutation(time, { removes: [{ parentId: pick(beside), id }] })];
      case 'move': {
        const node = { ...element('div', { title: value }), id };
        return [mutation(time, { removes: number % 2 ? [{ parentId: 1, id }] : [], adds: [add(node, pick(beside))] })];
      }
      case 'text':
        return [mutation(time, { texts: [{ id, value }] })];
      case 'attribute':
        return [mutation(time, { attributes: [{ id, attributes: { title: number % 3 ? value : null, open: null } }] })];
      case 'style': {
        const style =
          number % 5 === 0 ? 'top:1px' : { left: `${number}px`, color: number % 2 ? false : [value, 'important'] };
        return [mutation(time, { attributes: [{ id, attributes: { style } }] })];
      }
      case 'input':
        return [incremental(time, { source: 5, id, text: value, isChecked: number % 2 === 0 })];
      case 'scroll':
        return [incremental(time, { source: 3, id, x: number, y: where })];
      case 'rule':
        return [incremental(time, { source: 8, id, adds: [{ rule: `i{top:${number}px}`, index: 0 }] })];
      case 'adopt':
        return [
          incremental(time, {
            source: 15,
            id: number % 2 ? 1 : id,
            styleIds: [1 + (number % 3)],
            ...(where % 2 ? { styles: [{ styleId: 1 + (number % 3), rules: [{ rule: 'u{}', index: 0 }] }] } : {}),
          }),
        ];
      case 'frame': {
        const document: TestNode = {
          type: 0,
          id: 0,
          childNodes: [element('html', {}, [element('body', {}, [text(value)])])],
        };
        const frame = fresh(element('iframe'));
        const inner = fresh(document);
        return [mutation(time, { adds: [add(frame)] }), mutation(time, { adds: [add(inner, frame.id)] })];
      }
      case 'shadow': {
        const child = element('b', {}, [text(value)], { isShadow: true });
        return [
          mutation(time, { adds: [add(fresh(element('section', {}, [], { isShadowHost: true })))] }),
          mutation(time, { adds: [{ parentId: known.at(-1), nextId: null, node: fresh(child) }] }),
        ];
      }
      case 'checkout':
        return number % 10 === 0 ? [meta(time), fullSnapshot(time, structuredClone(start))] : [];
      case 'resize':
        return [incremental(time, { source: 4, width: 100 + number, height: 100 + where })];
    }
  }
}
