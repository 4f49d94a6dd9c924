import type { RootContent } from 'mdast';
import type { Chart } from '../charts/chart.ts';
import { collapsed, heading, image, paragraph } from '../markdown.ts';
import { timeKinds } from '../names.ts';

/** The charts of a report: the ones that carry the answer in view, the other distributions behind a click. */
export function chartsSection(charts: readonly Chart[]): RootContent[] {
  if (charts.length === 0) return [heading(2, 'Charts'), paragraph('There is no valid iteration to draw.')];
  return [
    heading(2, 'Charts'),
    ...charts.flatMap((chart) => {
      const blocks = [
        image(`charts/${chart.fileName}`, `${chart.title}. ${chart.alternative}`),
        paragraph(chart.caption),
      ];
      return isSecondary(chart) ? collapsed(chart.title, ...blocks) : [heading(3, chart.title), ...blocks];
    }),
  ];
}

function isSecondary({ title }: Chart): boolean {
  return [timeKinds.detect, timeKinds.ready, timeKinds.settle].some((kind) => title.startsWith(kind.title));
}
