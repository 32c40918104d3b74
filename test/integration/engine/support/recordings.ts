import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A small valid recording of a page with one heading, and `more` further events. */
export function recording(more = 1, text = 'Hello'): { type: number; timestamp: number; data: unknown }[] {
  const startedAt = 1_700_000_000_000;
  const node = {
    type: 0,
    id: 1,
    childNodes: [
      {
        type: 2,
        tagName: 'html',
        attributes: {},
        id: 2,
        childNodes: [
          { type: 2, tagName: 'head', attributes: {}, id: 3, childNodes: [] },
          {
            type: 2,
            tagName: 'body',
            attributes: {},
            id: 4,
            childNodes: [
              { type: 2, tagName: 'h1', attributes: {}, id: 5, childNodes: [{ type: 3, id: 6, textContent: text }] },
            ],
          },
        ],
      },
    ],
  };
  return [
    { type: 4, timestamp: startedAt, data: { href: 'https://shop.example/cart?x=1', width: 800, height: 600 } },
    { type: 2, timestamp: startedAt + 10, data: { node, initialOffset: { top: 0, left: 0 } } },
    ...Array.from({ length: more }, (_, index) => ({
      type: 3,
      timestamp: startedAt + 100 + index * 10,
      data: { source: 0, texts: [{ id: 6, value: `${text} ${index}` }], attributes: [], removes: [], adds: [] },
    })),
  ];
}

/** Writes a file into a folder. @returns its path. */
export function fileWith(folder: string, name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
