import type { MaskState } from '../../../web/src/privacy/rules.ts';

type Children<T> = { readonly children?: T };

/** Text inside is recorded as it is (never what is entered into fields). */
export const Unmask = <T>({ children }: Children<T>): T | null => children ?? null;

/** Text inside is masked, whatever lies around or inside. */
export const Mask = <T>({ children }: Children<T>): T | null => children ?? null;

/** What is inside is recorded as empty boxes of the same size. */
export const Block = <T>({ children }: Children<T>): T | null => children ?? null;

/** What a person does inside is not recorded; how it looks is. */
export const Ignore = <T>({ children }: Children<T>): T | null => children ?? null;

/** What the marks around a view say about it. */
export interface Privacy {
  readonly mask: MaskState;
  readonly blocked: boolean;
  readonly ignored: boolean;
}

/** Where nothing is marked, text is masked. */
export const DEFAULT_PRIVACY: Privacy = { mask: 'masked', blocked: false, ignored: false };

/** @param type of a fiber. @returns the privacy inside it, `outside` itself where it is no mark. */
export function privacyInside(outside: Privacy, type: unknown): Privacy {
  if (type === Unmask) return outside.mask === 'forced' ? outside : { ...outside, mask: 'open' };
  if (type === Mask) return { ...outside, mask: 'forced' };
  if (type === Block) return { ...outside, mask: 'forced', blocked: true, ignored: true };
  if (type === Ignore) return { ...outside, ignored: true };
  return outside;
}
