import type { AttributeValue } from './sanitise.ts';

/** rrweb's node types; the numbers are rrweb's. */
export const NodeKind = { Document: 0, DocumentType: 1, Element: 2, Text: 3, CData: 4, Comment: 5 } as const;

/** What a node is, apart from its place and its content. Never changes and is shared by all versions of the node. */
export interface NodeShape {
  readonly kind: number;
  /** Empty unless an element. */
  readonly tag: string;
  readonly svg: boolean;
  /** Belongs to its parent's shadow root. */
  readonly shadow: boolean;
  readonly host: boolean;
  readonly custom: boolean;
  /** A document in quirks mode. */
  readonly quirks: boolean;
  readonly doctype: { readonly name: string; readonly publicId: string; readonly systemId: string } | null;
}

export type Attributes = Readonly<Record<string, AttributeValue>>;
/** Changes of single style properties: a value, a value with priority, or false for a removal. */
export type StyleChanges = Readonly<Record<string, string | readonly [string, string] | false>>;

/** A recorded node, checked. `parentAt` is its parent's position in the same list, -1 for the first. */
export interface FlatNode {
  readonly id: number;
  readonly parentAt: number;
  readonly shape: NodeShape;
  readonly attributes: Attributes;
  readonly text: string;
}

export interface NodeAdd {
  readonly parent: number;
  /** 0 when not given; -1 when the recorder did not know. */
  readonly next: number;
  readonly previous: number;
  /** The node, and for a document everything below it, parents first. */
  readonly nodes: readonly FlatNode[];
}

export interface AttributeChange {
  readonly id: number;
  readonly set: Readonly<Record<string, string | null>>;
  readonly style: StyleChanges | null;
}

/** A change made by script to a style sheet; `data` is rrweb's own, already checked and copied. */
export interface RuleChange {
  readonly source: 8 | 13;
  readonly adds?: readonly { readonly rule: string; readonly index?: number | readonly number[] }[];
  readonly removes?: readonly { readonly index: number | readonly number[] }[];
  readonly replace?: string;
  readonly replaceSync?: string;
  readonly index?: readonly number[];
  readonly set?: { readonly property: string; readonly value: string | null; readonly priority?: string };
  readonly remove?: { readonly property: string };
}

export interface SheetRules {
  readonly styleId: number;
  readonly rules: readonly { readonly rule: string; readonly index?: number }[];
}

export interface RecordedFont {
  readonly family: string;
  readonly fontSource: string;
  readonly buffer: boolean;
  readonly descriptors?: Readonly<Record<string, string>>;
}

/** One recorded event that changes what the page looks like, checked and in our own words. */
export type PageChange =
  | { readonly kind: 'viewport'; readonly width: number; readonly height: number }
  | {
      readonly kind: 'snapshot';
      readonly nodes: readonly FlatNode[];
      readonly scroll: { readonly x: number; readonly y: number };
    }
  | {
      readonly kind: 'mutation';
      readonly removes: readonly { readonly id: number; readonly parent: number }[];
      readonly adds: readonly NodeAdd[];
      readonly texts: readonly { readonly id: number; readonly value: string }[];
      readonly attributes: readonly AttributeChange[];
    }
  | { readonly kind: 'scroll'; readonly id: number; readonly x: number; readonly y: number }
  | { readonly kind: 'input'; readonly id: number; readonly text: string; readonly isChecked: boolean }
  | { readonly kind: 'rule'; readonly id: number; readonly styleId: number; readonly change: RuleChange }
  | {
      readonly kind: 'adopted';
      readonly id: number;
      readonly styleIds: readonly number[];
      readonly styles: readonly SheetRules[];
    }
  | { readonly kind: 'font'; readonly font: RecordedFont };

/** The pointer (mouse or finger) at a place; `offsetMs` is relative to the event, at most 0 in practice. */
export interface PointerPoint {
  readonly x: number;
  readonly y: number;
  readonly id: number;
  readonly offsetMs: number;
}

/** One recorded event, read. */
export interface ReadEvent {
  readonly change: PageChange | null;
  readonly points: readonly PointerPoint[];
  /** The person did something with the page. */
  readonly activity: boolean;
  /** A press whose place the pointer list ends with. */
  readonly press: boolean;
  readonly touch: boolean;
}
