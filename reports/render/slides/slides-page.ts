import type { ElementContent } from 'hast';
import { h } from 'hastscript';
import { clients, htmlPage } from '../html/page.ts';
import type { BarGroup } from './bars.ts';
import type { Slide } from './deck.ts';

/** The slides as one page that needs nothing besides itself: keys turn them, N shows what to say, and it prints one slide on a sheet. */
export async function slidesPage(slides: readonly Slide[], title: string): Promise<string> {
  return htmlPage({
    title,
    description: slides[0]?.title ?? title,
    client: clients.slides,
    body: slides.map((slide, index) => slideOf(slide, index + 1, slides.length)),
  });
}

function slideOf(slide: Slide, number: number, count: number): ElementContent {
  const { kicker, title, points, bars, table, command, notes } = slide;
  const heading = { className: title.length > 70 ? 'long' : undefined };
  return h('section', { id: `slide-${number}`, ariaLabel: `Slide ${number} of ${count}` }, [
    h('p', { className: 'kicker' }, kicker),
    h('h1', heading, title),
    ...(points.length === 0
      ? []
      : [
          h(
            'ul',
            points.map((point) => h('li', point)),
          ),
        ]),
    ...(bars === undefined ? [] : [chartOf(bars)]),
    ...(table === undefined ? [] : [tableOf(table)]),
    ...(command === undefined ? [] : [h('pre', { tabIndex: 0 }, [h('code', command)])]),
    h('p', { className: 'number' }, `${number} / ${count}`),
    h(
      'aside',
      { className: 'notes', ariaLabel: 'What to say' },
      notes.map((note) => h('p', note)),
    ),
  ]);
}

/** Bars that are read from the back row; where they differ too much for one scale, each row has its own, as the words say. */
function chartOf(groups: readonly BarGroup[]): ElementContent {
  return h('div', { className: 'bars' }, [
    ...groups.map(({ disturbance, bars }) => {
      const longest = Math.max(...bars.map(({ seconds }) => seconds));
      return h('div', { className: 'group' }, [
        h('h2', disturbance),
        ...bars.map(({ label, colour, seconds, isOpen, words }) =>
          h('div', { className: 'row' }, [
            h('span', { className: 'name' }, label),
            h('span', { className: 'track', ariaHidden: 'true' }, [
              h('span', {
                className: isOpen ? ['bar', 'open'] : ['bar'],
                style: `width:${(Math.max(0.005, seconds / longest) * 100).toFixed(1)}%;--colour:${colour}`,
              }),
            ]),
            h('span', { className: 'value' }, words),
          ]),
        ),
      ]);
    }),
    h('p', { className: 'scale' }, 'Median time to restore. Bars can be compared within a disturbance.'),
  ]);
}

function tableOf([header = [], ...rows]: readonly (readonly string[])[]): ElementContent {
  return h('table', [
    h('thead', [
      h(
        'tr',
        header.map((text) => h('th', { scope: 'col' }, text)),
      ),
    ]),
    h(
      'tbody',
      rows.map(([first = '', ...cells]) =>
        h('tr', [h('th', { scope: 'row' }, first), ...cells.map((text) => h('td', text))]),
      ),
    ),
  ]);
}
