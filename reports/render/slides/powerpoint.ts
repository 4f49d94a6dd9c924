import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type library from 'pptxgenjs';
import type { BarGroup } from './bars.ts';
import type { Slide } from './deck.ts';

/** Inches; 16:9. */
const page = { width: 13.33, height: 7.5, margin: 0.6 } as const;
const inner = page.width - 2 * page.margin;
const ink = '1B1B1B';
const quiet = '595959';
const font = 'Arial';

type PptxGenJs = typeof library.default;
type Presentation = InstanceType<PptxGenJs>;
type PageOfIt = ReturnType<Presentation['addSlide']>;

function colour(hex: string): string {
  return hex.replace('#', '');
}

function addText(target: PageOfIt, { kicker, title, points, bars, table }: Slide): number {
  target.addText(kicker, {
    x: page.margin,
    y: 0.35,
    w: inner,
    h: 0.4,
    fontFace: font,
    fontSize: 18,
    color: quiet,
  });
  const isLong = title.length > 70;
  const titleHeight = isLong ? 1.6 : 1.0;
  target.addText(title, {
    ...{ x: page.margin, y: 0.75, w: inner, h: titleHeight, valign: 'top' },
    ...{ fontFace: font, fontSize: isLong ? 28 : 34, bold: true, color: ink },
  });
  const top = 0.75 + titleHeight + 0.2;
  if (points.length > 0 && bars === undefined && table === undefined) {
    target.addText(
      points.map((text) => ({ text, options: { bullet: true, breakLine: true } })),
      {
        ...{ x: page.margin, y: top, w: inner, h: Math.min(4.2, 0.8 * points.length), valign: 'top' },
        ...{ fontFace: font, fontSize: 24, color: ink, paraSpaceAfter: 8 },
      },
    );
  }
  return top;
}

/** Beyond this ratio a linear axis would press the short bars into one line. */
const maxLinearSpread = 30;

/** A chart that its reader can still change: the figures are in it. */
function addBars(pptx: Presentation, target: PageOfIt, shown: readonly BarGroup[], top: number): void {
  // The axis of such a chart runs from the bottom up.
  const groups = shown.toReversed();
  const labels = groups.map(({ disturbance, bars }) => {
    const open = bars.filter(({ isOpen }) => isOpen).map(({ label, words }) => `${label}: ${words}`);
    return [disturbance, ...open].join('\n');
  });
  const engines = [
    ...new Map(groups.flatMap(({ bars }) => bars).map((bar) => [bar.label, bar.colour])).entries(),
  ].toReversed();
  const series = engines.map(([name]) => ({
    name,
    labels,
    values: groups.map(({ bars }) => {
      const bar = bars.find(({ label }) => label === name);
      return bar === undefined || bar.isOpen ? 0 : bar.seconds;
    }),
  }));
  const seen = series.flatMap(({ values }) => values).filter((value) => value > 0);
  const isLogarithmic = Math.max(...seen) / Math.min(...seen) > maxLinearSpread;
  target.addChart(pptx.ChartType.bar, series, {
    ...{ x: page.margin, y: top, w: inner, h: page.height - top - 0.4, barDir: 'bar', barGapWidthPct: 40 },
    chartColors: engines.map(([, hex]) => colour(hex)),
    ...{ showLegend: true, legendPos: 't', legendFontSize: 20, legendFontFace: font },
    ...{ showValue: true, dataLabelFormatCode: '0.00" s";;', dataLabelFontSize: 16, dataLabelColor: ink },
    ...{ catAxisLabelFontSize: 18, catAxisLabelFontFace: font },
    ...{ valAxisLabelFontSize: 14, valAxisTitle: isLogarithmic ? 'seconds (logarithmic)' : 'seconds' },
    ...{ showValAxisTitle: true, valAxisTitleFontSize: 14, valGridLine: { color: 'E4E4E4', size: 1 } },
    ...(isLogarithmic
      ? { valAxisLogScaleBase: 10, valAxisMinVal: lowerPower(Math.min(...seen)) }
      : { valAxisMinVal: 0 }),
    altText: `Median time to restore, in seconds: ${groups.map(inWords).join('; ')}`,
  });
}

function lowerPower(value: number): number {
  return 10 ** Math.floor(Math.log10(value));
}

function inWords({ disturbance, bars }: BarGroup): string {
  return `${disturbance}, ${bars.map(({ label, words }) => `${label} ${words}`).join(', ')}`;
}

function addTable(target: PageOfIt, rows: readonly (readonly string[])[], top: number): void {
  const [first = []] = rows;
  const isWide = first.length === 2;
  target.addTable(
    rows.map((row, index) =>
      row.map((text) => ({ text, options: { bold: index === 0, color: index === 0 ? quiet : ink } })),
    ),
    {
      ...{ x: page.margin, y: top, w: inner, fontFace: font, fontSize: 20, valign: 'middle' },
      colW: isWide ? [3.6, inner - 3.6] : [3.6, inner - 3.6 - 3.2, 1.8, 1.4],
      border: { type: 'solid', pt: 0.5, color: 'D8D8D8' },
      margin: 0.08,
    },
  );
}

function addCommand(target: PageOfIt, command: string): void {
  target.addText(command, {
    ...{ x: page.margin, y: 4.4, w: inner, h: 1.6, margin: 10, valign: 'middle', fill: { color: 'F5F5F5' } },
    ...{ fontFace: 'Courier New', fontSize: 18, color: ink },
  });
}

/** The slides as a file of PowerPoint, whose charts hold their figures, with what to say as notes. `madeAt` is in it in the place of the time of writing, so that the same slides give the same bytes. */
export async function powerpointOf(
  slides: readonly Slide[],
  title: string,
  madeAt: Date,
): Promise<Uint8Array> {
  // Loaded here since commands that make no slides should not pay for it.
  const { default: loaded } = await import('pptxgenjs');
  // Its types are those of its CommonJS build, where the class is one level deeper.
  const Library = loaded as unknown as PptxGenJs;
  const pptx = new Library();
  pptx.layout = 'LAYOUT_WIDE';
  pptx.title = title;
  pptx.company = '';
  pptx.author = 'gitops-lab';
  for (const slide of slides) {
    const target = pptx.addSlide();
    const top = addText(target, slide);
    if (slide.bars !== undefined) addBars(pptx, target, slide.bars, top);
    if (slide.table !== undefined) addTable(target, slide.table, top);
    if (slide.command !== undefined) addCommand(target, slide.command);
    target.addNotes(slide.notes.join('\n\n'));
  }
  const written = await pptx.write({ outputType: 'uint8array', compression: false });
  if (!(written instanceof Uint8Array)) throw new Error('the slides were not written as bytes');
  return withoutClock(written, madeAt);
}

/** The names of a chart and of its data; the library counts them over all files that a process makes. */
const numbered = /\b(chart|Microsoft_Excel_Worksheet)(\d+)(?=\.xml|\.xlsx)/g;

/** Numbers charts from 1. */
function renumber(names: readonly string[]): (text: string) => string {
  const numbers = [...names.join('\n').matchAll(numbered)].map(([, , number]) => Number(number));
  const order = [...new Set(numbers)].toSorted((left, right) => left - right);
  return (text) =>
    text.replace(
      numbered,
      (_, kind: string, number: string) => `${kind}${order.indexOf(Number(number)) + 1}`,
    );
}

/** The same archive, whenever and after whatever else it was made: the archives within it, which hold the charts' data, have times of their own. */
function withoutClock(archive: Uint8Array, madeAt: Date): Uint8Array {
  const stamp = madeAt.toISOString().replace(/\.\d+Z$/, 'Z');
  const files = unzipSync(archive);
  const renumbered = renumber(Object.keys(files));
  const changed = Object.entries(files).map(([name, bytes]): [string, Uint8Array] => {
    if (name.endsWith('.xlsx')) return [renumbered(name), withoutClock(bytes, madeAt)];
    if (!/\.(xml|rels)$/.test(name)) return [renumbered(name), bytes];
    const text = renumbered(strFromU8(bytes));
    const isCore = name.endsWith('core.xml');
    const timed = isCore ? text.replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${stamp}`) : text;
    return [renumbered(name), strToU8(timed)];
  });
  return zipSync(Object.fromEntries(changed), { mtime: madeAt, level: 6 });
}
