// How the page is drawn: elements are made, filled, and left alone where nothing has changed.

type Child = Node | string;

/** An element of HTML. */
export function make(
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...children: Child[]
): HTMLElement {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** An element of SVG. */
export function makeSvg(
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...children: Child[]
): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** The element that the page was made with. */
export function place(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no ${id}`);
  return element;
}

/** What each element shows. What has not changed stays as it is, for whoever reads it or has selected it. */
const shown = new WeakMap<Element, string>();

/** Builds the contents of an element anew where its data has changed. */
export function fill(element: HTMLElement, data: unknown, build: () => readonly Child[]): void {
  const key = JSON.stringify(data);
  if (shown.get(element) === key) return;
  shown.set(element, key);
  element.replaceChildren(...build());
}

/** The same with a text. */
export function write(element: HTMLElement, text: string): void {
  fill(element, text, () => [text]);
}

/** The child of a key; it is made, in its order, where there is none. */
export function childOf(parent: HTMLElement, key: string, build: () => HTMLElement): HTMLElement {
  const found = [...parent.children].find((child) => child.getAttribute('data-key') === key);
  if (found instanceof HTMLElement) return found;
  const built = build();
  built.setAttribute('data-key', key);
  parent.append(built);
  return built;
}

/** Removes the children of other keys. */
export function keepOnly(parent: HTMLElement, keys: readonly string[]): void {
  for (const child of [...parent.children])
    if (!keys.includes(child.getAttribute('data-key') ?? '')) child.remove();
}

/** Removes what was filled in, where anything was. */
export function empty(element: HTMLElement): void {
  if (shown.delete(element)) element.replaceChildren();
}
