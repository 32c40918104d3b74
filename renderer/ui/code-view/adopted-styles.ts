/**
 * The editor makes <style> elements, which the window's policy refuses, and for a reason: nothing that gets into the page may
 * bring styles. Style sheets made by script are no such thing, so what asks for a <style> element here gets a stand-in whose
 * text becomes one. The stand-in has what the editor uses of the element: `textContent`, `sheet` and `remove`.
 */
function standIn(): HTMLElement {
  const sheet = new CSSStyleSheet();
  const element = document.createElement('meta');
  document.adoptedStyleSheets.push(sheet);
  let text = '';
  Object.defineProperties(element, {
    sheet: { get: () => sheet },
    textContent: {
      get: () => text,
      set: (css: string | null) => {
        text = css ?? '';
        sheet.replaceSync(text);
      },
    },
  });
  element.remove = () => {
    const kept = document.adoptedStyleSheets.filter((other) => other !== sheet);
    document.adoptedStyleSheets = kept;
    HTMLElement.prototype.remove.call(element);
  };
  return element;
}

const create = document.createElement.bind(document);
document.createElement = ((name: string, options?: ElementCreationOptions) =>
  name.toLowerCase() === 'style' ? standIn() : create(name, options)) as typeof document.createElement;
