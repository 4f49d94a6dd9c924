import type { Chart } from './chart.ts';

/** Draws a chart as SVG text: the same bytes for the same chart, without a canvas or a browser. */
export async function renderSvg({ spec, title, alternative }: Chart): Promise<string> {
  // Loaded here since it takes 0.3 s, which commands that draw nothing should not pay.
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  vega.resetSVGDefIds();
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: 'none' });
  try {
    return describeSvg(await view.toSVG(), title, alternative);
  } finally {
    view.finalize();
  }
}

function describeSvg(svg: string, title: string, alternative: string): string {
  const description = `<title>${escapeXml(title)}</title><desc>${escapeXml(alternative)}</desc>`;
  return `${svg.replace(/^<svg([^>]*)>/, (_, attributes: string) => `<svg role="img"${attributes}>${description}`)}\n`;
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
