import { wrongUsage } from '../../common/explained-error.ts';
import { shortPath, type Surroundings } from '../surroundings.ts';

/** Flags that ask for what only a run of one scenario has. */
interface PartOptions {
  readonly iteration?: string;
  readonly into?: string;
  readonly threshold?: readonly unknown[];
}

/** Renders the overall run in `directory` again. Throws an explained error for what must be asked of one of its parts. */
export async function showOverall(
  directory: string,
  { iteration, into, threshold }: PartOptions,
  surroundings: Surroundings,
): Promise<void> {
  const asked = { '--iteration': iteration, '--into': into, '--threshold': threshold };
  const [alone] = Object.entries(asked).flatMap(([flag, value]) => (value === undefined ? [] : [flag]));
  if (alone !== undefined) {
    throw wrongUsage(
      `an overall run has no use for ${alone}`,
      'ask one of its parts; its report.md links to them',
    );
  }
  const { renderOverall } = await import('../../reports/render/overall/render-overall.ts');
  const { headline, notices, reportPath } = await renderOverall(directory);
  const lines = [
    headline,
    ...notices.map((notice) => `notice: ${notice}`),
    shortPath(reportPath, surroundings),
  ];
  surroundings.stdout.write(`${lines.join('\n')}\n`);
}
