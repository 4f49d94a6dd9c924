// What the slides do in a browser; without it they are a page that is scrolled.

const slides = [...document.querySelectorAll<HTMLElement>('section')];
let current = 0;

function show(index: number): void {
  current = Math.min(slides.length - 1, Math.max(0, index));
  slides.forEach((slide, position) => {
    slide.hidden = position !== current;
  });
  history.replaceState(null, '', `#slide-${current + 1}`);
}

const steps: Readonly<Record<string, () => number>> = {
  ArrowRight: () => current + 1,
  ArrowDown: () => current + 1,
  PageDown: () => current + 1,
  ' ': () => current + 1,
  ArrowLeft: () => current - 1,
  ArrowUp: () => current - 1,
  PageUp: () => current - 1,
  Home: () => 0,
  End: () => slides.length - 1,
};

addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const step = steps[event.key];
  if (step !== undefined) {
    event.preventDefault();
    show(step());
  }
  if (event.key.toLowerCase() === 'n') document.body.classList.toggle('with-notes');
  if (event.key.toLowerCase() === 'f') void document.documentElement.requestFullscreen();
});

let touchedAt = 0;
addEventListener('touchstart', ({ touches }) => {
  touchedAt = touches[0]?.clientX ?? 0;
});
addEventListener('touchend', ({ changedTouches }) => {
  const moved = (changedTouches[0]?.clientX ?? touchedAt) - touchedAt;
  if (Math.abs(moved) > 60) show(moved < 0 ? current + 1 : current - 1);
});

addEventListener('beforeprint', () => {
  for (const slide of slides) slide.hidden = false;
});
addEventListener('afterprint', () => {
  show(current);
});

document.body.classList.add('turned');
show(Number(/^#slide-(\d+)$/.exec(location.hash)?.[1] ?? 1) - 1);
