import { BLOCKED_URL, isLocalUrl, looksRemote, srcsetUrls } from './local-url.ts';
import { safeCss } from './safe-css.ts';

/** A recorded attribute as rrweb serialises it; `true` stands for an attribute without a value. */
export type AttributeValue = string | number | true;

/** What a recording may put on the page. Asked for every tag, attribute and style sheet before it enters a mirror. */
export interface ContentPolicy {
  /** The tag to build instead. `tag` is in lower case unless it is SVG. */
  tag(tag: string, svg: boolean): string;
  /** The value to set instead, or null to leave the attribute out. */
  attribute(tag: string, name: string, value: AttributeValue): AttributeValue | null;
  /** Attributes that an element gets whatever was recorded. */
  forced(tag: string): Readonly<Record<string, AttributeValue>>;
  css(text: string): string;
}

/** Hears what the policy takes out. */
export interface PolicyReport {
  /** A recorded address that will not be loaded. */
  blocked(url: string): void;
  /** Something was left out or replaced, for this reason. */
  dropped(reason: string): void;
}

/** Names a browser accepts for an element; anything else would throw when built. */
const LEGAL_TAG = /^[a-z][a-z0-9._-]*$/i;
/** `__proto__` is a legal attribute name but never a useful one. */
const ILLEGAL_NAME = /^$|[\s"'<>/=\0]|^__proto__$/;

/** Elements that load a document or run by being there; an empty box takes their place. */
const NEVER_BUILT = new Set(['portal', 'fencedframe', 'webview', 'controlledframe', 'applet']);
/** Elements whose addresses are documents or plug-ins, which are never loaded, not even from inline bytes. */
const FRAMES = new Set(['iframe', 'frame', 'object', 'embed', 'portal', 'fencedframe', 'link', 'base', 'script']);
/** Those of them that show nothing: what they would load is counted as blocked, and nothing is missing from the picture. */
const UNSEEN = new Set(['link', 'base', 'script']);
const FRAME_ADDRESS = new Set([
  'src',
  'href',
  'data',
  'srcdoc',
  'code',
  'codebase',
  'classid',
  'archive',
  'xlink:href',
]);

/** Attributes that act (run, submit, refresh, ping, take the focus) or only restrict what we restrict anyway. */
const NEVER_SET = new Set([
  'srcdoc',
  'http-equiv',
  'autofocus',
  'ping',
  'attributionsrc',
  'action',
  'formaction',
  'target',
  'sandbox',
  'csp',
  'manifest',
]);
/** Attributes that are addresses: relative ones count too, since they would be asked of our own origin. */
const ADDRESSES = new Set([
  'src',
  'href',
  'xlink:href',
  'poster',
  'background',
  'data',
  'rr_dataurl',
  'lowsrc',
  'dynsrc',
  'icon',
  'longdesc',
  'profile',
  'cite',
  'usemap',
]);
/** Attributes that are text to read or to select by; whatever they say loads nothing. */
const INERT =
  /^(?:data-.*|aria-.*|xmlns(?::.*)?|alt|title|class|id|name|value|placeholder|content|label|lang|role|for|type|rel|property|itemtype|itemid|itemprop|d|points)$/;

/**
 * A modal dialog is not subject to the inertness of the frame it is in, so that showing one would move the keyboard into
 * the recorded page, unless it is inert itself.
 */
const FORCED: Readonly<Record<string, Readonly<Record<string, AttributeValue>>>> = { dialog: { inert: '' } };
const NONE = {};

/** The policy of the product: nothing runs, nothing loads, nothing navigates, nothing takes the focus. */
export function createStrictPolicy(report: PolicyReport): ContentPolicy {
  const css = (text: string): string => safeCss(text, report.blocked);
  const refuse = (reason: string): null => {
    report.dropped(reason);
    return null;
  };
  const address = (url: string): string => {
    if (isLocalUrl(url)) return url;
    report.blocked(url);
    return BLOCKED_URL;
  };
  const srcset = (value: string): string | null => {
    const remote = srcsetUrls(value).filter((url) => !isLocalUrl(url));
    for (const url of remote) report.blocked(url);
    return remote.length > 0 ? null : value;
  };

  const text = (tag: string, name: string, value: string): string | null => {
    if (FRAMES.has(tag) && FRAME_ADDRESS.has(name)) {
      if (!isLocalUrl(value)) report.blocked(value);
      return UNSEEN.has(tag) ? null : refuse('document address');
    }
    if ((tag === 'a' || tag === 'area') && name === 'href' && !/^\s*(?:javascript|vbscript|data):/i.test(value)) {
      return value; // a link loads nothing by itself, cannot be followed here, and style sheets select by it
    }
    if (name === 'srcset' || name === 'imagesrcset') return srcset(value);
    if (ADDRESSES.has(name)) return address(value);
    if (INERT.test(name)) return value;
    if (name === 'style' || name === '_csstext') return css(value);
    // Names we do not know, SVG animation targets (`to`, `values`), presentation attributes with url().
    const safe = css(value);
    if (!looksRemote(safe) && !/:[\\/]{2}|\bjavascript:/i.test(safe)) return safe;
    report.blocked(value);
    return null;
  };

  return {
    css,
    forced: (tag) => (Object.hasOwn(FORCED, tag) ? (FORCED[tag] ?? NONE) : NONE),
    tag: (tag, svg) => {
      const lower = tag.toLowerCase();
      if (lower === 'script') return svg ? 'g' : 'noscript';
      if (LEGAL_TAG.test(tag) && !NEVER_BUILT.has(lower)) return tag;
      report.dropped('illegal tag');
      return svg ? 'g' : 'div';
    },
    attribute: (tag, name, value) => {
      const lower = name.toLowerCase();
      if (ILLEGAL_NAME.test(name)) return refuse('illegal attribute');
      if (lower.startsWith('on')) return refuse('event handler');
      if (NEVER_SET.has(lower)) return refuse('active attribute');
      return typeof value === 'string' ? text(tag.toLowerCase(), lower, value) : value;
    },
  };
}
