// What the page of a report does in a browser; it can be read without.

const tip = document.querySelector<HTMLElement>('#tip');
const iterations = [...document.querySelectorAll<HTMLDetailsElement>('details.iteration')];

/** The sample of a chart that was pointed at. */
function sampleAt(event: Event): Element | null {
  const { target } = event;
  return target instanceof Element ? target.closest('[data-mark]') : null;
}

function showTip(event: PointerEvent): void {
  const sample = sampleAt(event);
  if (tip === null) return;
  tip.hidden = sample === null;
  if (sample === null) return;
  tip.textContent = sample.getAttribute('data-mark');
  const isRight = event.clientX > innerWidth / 2;
  tip.style.left = isRight ? 'auto' : `${event.clientX + 12}px`;
  tip.style.right = isRight ? `${innerWidth - event.clientX + 12}px` : 'auto';
  tip.style.top = `${event.clientY + 14}px`;
}

/** Opens an iteration, and whatever holds it. */
function reveal(element: Element | null): void {
  for (let open = element?.closest('details'); open; open = open.parentElement?.closest('details'))
    open.open = true;
  element?.scrollIntoView();
}

document.addEventListener('pointermove', showTip);
document.addEventListener('pointerdown', showTip);
document.addEventListener('click', (event) => {
  const label = sampleAt(event)?.getAttribute('data-mark');
  const found = iterations.find(({ dataset }) => label?.startsWith(`${dataset['label'] ?? ''},`));
  if (found === undefined) return;
  found.hidden = false;
  reveal(found);
});

function revealTarget(): void {
  if (location.hash.length > 1) reveal(document.getElementById(decodeURIComponent(location.hash.slice(1))));
}
addEventListener('hashchange', revealTarget);
revealTarget();

const form = document.querySelector<HTMLFormElement>('form.filters');
function applyFilters(): void {
  if (form === null) return;
  const wanted = [...new FormData(form)].filter(([, value]) => value !== '');
  for (const iteration of iterations) {
    iteration.hidden = wanted.some(([name, value]) => iteration.dataset[name] !== value);
  }
  const shown = iterations.filter(({ hidden }) => !hidden).length;
  const output = form.querySelector('output');
  if (output !== null) output.textContent = `${shown} of ${iterations.length}`;
}
if (form !== null) {
  form.hidden = false;
  form.addEventListener('change', applyFilters);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
  });
  applyFilters();
}

// On paper nothing can be opened; what a reader has closed is closed again afterwards.
const opened: HTMLDetailsElement[] = [];
addEventListener('beforeprint', () => {
  const closed = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open]):not(.iteration)')];
  for (const details of closed) details.open = true;
  opened.push(...closed);
});
addEventListener('afterprint', () => {
  for (const details of opened.splice(0)) details.open = false;
});
