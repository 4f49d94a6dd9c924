import type { Chart } from './chart.ts';

/** Draws charts as SVG text: the same bytes for the same charts, without a canvas or a browser. */
async function draw(charts: readonly Chart[]): Promise<string[]> {
  // Loaded here since it takes 0.3 s, which commands that draw nothing should not pay.
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  vega.resetSVGDefIds();
  const svgs: string[] = [];
  for (const { spec } of charts) {
    const view = new vega.View(vega.parse(compile(spec).spec), { renderer: 'none' });
    try {
      svgs.push(await view.toSVG());
    } finally {
      view.finalize();
    }
  }
  return svgs;
}

/** Draws a chart as a file of its own. */
export async function renderSvg(chart: Chart): Promise<string> {
  const [svg = ''] = await draw([chart]);
  const description = `<title>${escapeXml(chart.title)}</title><desc>${escapeXml(chart.alternative)}</desc>`;
  return `${svg.replace(/^<svg([^>]*)>/, (_, attributes: string) => `<svg role="img"${attributes}>${description}`)}\n`;
}

/** Colours that a page with a dark ground has to replace by that of its text. */
const ink = /(fill|stroke)="(#000|#000000|black|#333|#333333|#444444|#555555|#888|#888888|#bbb)"/g;
const paleInk = /(fill|stroke)="(#e4e4e4|#d0d0d0|#ddd|#dddddd)"/g;

/**
 * Draws charts to stand in one page: nothing that they define has a name twice, and what is white or black takes the colours of the
 * page. What a mark stands for is its `data-mark`; to those who can't see it, a chart is one picture with its text.
 */
export async function renderInlineSvgs(charts: readonly Chart[]): Promise<string[]> {
  const svgs = await draw(charts);
  return svgs.map((svg, index) => {
    const { title = '', alternative = '' } = charts[index] ?? {};
    return svg
      .replace(/<rect width="[\d.]+" height="[\d.]+" fill="white"\/>/, '')
      .replace(/ aria-label="([^"]*, iteration [^"]*)"/g, ' data-mark="$1"')
      .replace(/ (role|aria-[a-z]+)="[^"]*"/g, '')
      .replace(ink, '$1="currentColor"')
      .replace(paleInk, '$1="currentColor" $1-opacity="0.2"')
      .replace(/^<svg/, `<svg role="img" aria-label="${escapeXml(`${title}. ${alternative}`)}"`);
  });
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
