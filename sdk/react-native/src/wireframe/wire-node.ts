import type { SeenView } from './seen-view.ts';

/** Places and sizes are in points of the window, as the layout has them. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One element of the document that stands for the screen. */
export interface WireNode {
  /** rrweb's id of the element; that of its text, if it has one, is the next. */
  readonly id: number;
  readonly tag: 'div' | 'input' | 'textarea';
  readonly attributes: Readonly<Record<string, string>>;
  /** As recorded. */
  readonly text: string | null;
  /** As it is: two texts that read alike when masked can be different ones. Never recorded. */
  readonly raw: string | null;
  /** How far the content was scrolled; null for what does not scroll. */
  readonly scroll: { readonly x: number; readonly y: number } | null;
  readonly box: Box;
  readonly view: SeenView;
  readonly children: readonly WireNode[];
}

/** The text node of an element. */
export const textId = (node: Pick<WireNode, 'id'>): number => node.id + 1;
