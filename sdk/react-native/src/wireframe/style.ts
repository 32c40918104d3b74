/** A style as an app writes it, flattened. */
export type Style = Readonly<Record<string, unknown>>;

const MAX_DEPTH = 10;

/** Styles come as objects, lists of styles, or nothing; later ones win. */
export function flattenStyle(style: unknown, depth = 0): Style {
  if (typeof style !== 'object' || style === null || depth > MAX_DEPTH) return {};
  if (!Array.isArray(style)) return style as Style;
  return Object.assign({}, ...style.map((part) => flattenStyle(part, depth + 1)));
}

const COLOUR = /^(?:#[\da-f]{3,8}|[a-z]{3,30}|(?:rgb|hsl|hwb)a?\([\d\s.,%/]{1,40}\))$/i;

/** Numbers are 0xRRGGBBAA; colours that only the phone can look up are left out. */
function colour(value: unknown): string | undefined {
  if (typeof value === 'string') return COLOUR.test(value) ? value : undefined;
  return typeof value === 'number' ? `#${(value >>> 0).toString(16).padStart(8, '0')}` : undefined;
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? rounded(value) : undefined;
const px = (value: unknown): string | undefined => {
  const size = number(value);
  return size === undefined ? undefined : `${size}px`;
};
const word = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[a-z-]{1,20}$/.test(value) ? value : undefined;
const weight = (value: unknown): string | undefined =>
  /^(?:[1-9]00|bold|normal)$/.test(String(value)) ? String(value) : undefined;
const radius = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{1,3}%$/.test(value) ? value : px(value);

/** What of a style is drawn, and how it is written in CSS. Sizes and places are measured, not read. */
const DRAWN: Readonly<Record<string, readonly [css: string, read: (value: unknown) => string | undefined]>> = {
  backgroundColor: ['background-color', colour],
  borderRadius: ['border-radius', radius],
  borderTopLeftRadius: ['border-top-left-radius', radius],
  borderTopRightRadius: ['border-top-right-radius', radius],
  borderBottomLeftRadius: ['border-bottom-left-radius', radius],
  borderBottomRightRadius: ['border-bottom-right-radius', radius],
  borderColor: ['border-color', colour],
  borderTopColor: ['border-top-color', colour],
  borderRightColor: ['border-right-color', colour],
  borderBottomColor: ['border-bottom-color', colour],
  borderLeftColor: ['border-left-color', colour],
  borderWidth: ['border-width', px],
  borderTopWidth: ['border-top-width', px],
  borderRightWidth: ['border-right-width', px],
  borderBottomWidth: ['border-bottom-width', px],
  borderLeftWidth: ['border-left-width', px],
  borderStyle: ['border-style', word],
  opacity: ['opacity', (value) => number(value)?.toString()],
  zIndex: ['z-index', (value) => (Number.isInteger(value) ? String(value) : undefined)],
  overflow: ['overflow', (value) => (value === 'hidden' ? 'hidden' : undefined)],
};
/** The same for texts. */
const WRITTEN: typeof DRAWN = {
  color: ['color', colour],
  fontSize: ['font-size', px],
  fontStyle: ['font-style', word],
  fontWeight: ['font-weight', weight],
  letterSpacing: ['letter-spacing', px],
  lineHeight: ['line-height', px],
  textAlign: ['text-align', word],
  textDecorationLine: ['text-decoration-line', word],
  textTransform: ['text-transform', word],
};

const declarations = (style: Style, table: typeof DRAWN): string[] =>
  Object.entries(table).flatMap(([name, [css, read]]) => {
    const value = style[name] === undefined ? undefined : read(style[name]);
    return value === undefined ? [] : [`${css}:${value}`];
  });

/** What a view looks like, as CSS declarations. @param isText with what is said of letters. */
export const looksOf = (style: Style, isText: boolean): string[] => [
  ...declarations(style, DRAWN),
  ...(isText ? declarations(style, WRITTEN) : []),
];

/** Whether anything of a view's own can be seen: most views only put others in their places. */
export const isDrawn = (style: Style): boolean => declarations(style, DRAWN).length > 0;

/** How far the inside of a view's border lies from its corner. */
export function borderOf(style: Style): { readonly left: number; readonly top: number } {
  const all = number(style.borderWidth) ?? 0;
  return { left: number(style.borderLeftWidth) ?? all, top: number(style.borderTopWidth) ?? all };
}
