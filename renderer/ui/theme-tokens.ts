/**
 * Colours of design tokens as they are now below `host`, as the browser writes them (`rgb(…)`). Who draws without CSS needs
 * this: a token may be light-dark(), which only an element that has the colour can resolve.
 */
export function readColours<K extends string>(
  host: HTMLElement,
  tokens: Readonly<Record<K, string>>,
): Readonly<Record<K, string>> {
  const probe = host.ownerDocument.createElement('span');
  host.append(probe);
  const entries = Object.entries<string>(tokens).map(([name, token]) => {
    probe.style.color = `var(${token})`;
    return [name, getComputedStyle(probe).color] as const;
  });
  probe.remove();
  return Object.fromEntries(entries) as Record<K, string>;
}

/** Calls `changed` whenever the colours may have become others. @returns stops it */
export function watchColours(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true });
  const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)'].map((query) =>
    matchMedia(query),
  );
  for (const query of queries) query.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    for (const query of queries) query.removeEventListener('change', changed);
  };
}
