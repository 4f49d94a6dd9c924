import { wrongUsage } from '../../common/explained-error.ts';
import { isWritten, type ReportFormat } from '../../reports/render/formats.ts';
import type { Surroundings } from '../surroundings.ts';
import { completing } from './completing.ts';
import { reportLine } from './report-line.ts';

/** How it is rendered, and flags that ask for what only a run of one scenario has. */
interface OverallOptions {
  readonly format?: ReportFormat;
  readonly iteration?: string;
  readonly into?: string;
  readonly threshold?: readonly unknown[];
}

/** Renders the overall run in `directory` again. Throws an explained error for what must be asked of one of its parts. */
export async function showOverall(
  directory: string,
  { format, iteration, into, threshold }: OverallOptions,
  surroundings: Surroundings,
): Promise<void> {
  const asked = { '--iteration': iteration, '--into': into, '--threshold': threshold };
  const [alone] = Object.entries(asked).flatMap(([flag, value]) => (value === undefined ? [] : [flag]));
  if (alone !== undefined) {
    throw wrongUsage(
      `an overall run has no use for ${alone}`,
      'ask one of its parts; its report links to them',
    );
  }
  const { renderOverall } = await import('../../reports/render/overall/render-overall.ts');
  const { headline, notices, reportPath, pagePath } = await renderOverall(directory, {
    only: format,
    complete: completing(surroundings.registry),
  });
  const written = [
    ...(isWritten('html', format) ? [pagePath] : []),
    ...(isWritten('markdown', format) ? [reportPath] : []),
  ];
  const lines = [
    headline,
    ...notices.map((notice) => `notice: ${notice}`),
    reportLine(written, surroundings),
  ];
  surroundings.stdout.write(`${lines.join('\n')}\n`);
}
