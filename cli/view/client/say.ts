import { place } from './dom.ts';

// What has ended is told to screen readers, every few seconds at the most.
const quietMs = 4000;
const unsaid: string[] = [];
let saidAtMs = -quietMs;
let saying: ReturnType<typeof setTimeout> | undefined;

/** Has sentences read aloud soon. */
export function say(...sentences: readonly string[]): void {
  unsaid.push(...sentences);
  if (unsaid.length === 0) return;
  saying ??= setTimeout(
    () => {
      saying = undefined;
      saidAtMs = performance.now();
      const told = unsaid.splice(0);
      const more = told.length > 2 ? [`${told.length - 2} more have ended before.`] : [];
      place('said').textContent = [...more, ...told.slice(-2)].join(' ');
    },
    Math.max(0, saidAtMs + quietMs - performance.now()),
  );
}
