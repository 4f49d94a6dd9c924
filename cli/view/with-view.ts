import { explain, wrongUsage } from '../../common/explained-error.ts';
import type { DisplayStream } from '../progress/display.ts';
import type { PreparedRun, PreparedSeries } from '../scenario/prepared-run.ts';
import { openLiveView, type LiveView } from './live-view.ts';
import { hasDesktop, openInBrowser } from './open-browser.ts';

/** Throws an explained error where a run has nothing that the live view could draw. */
export function demandSomethingToView(prepared: PreparedRun | PreparedSeries): void {
  if ('parts' in prepared || prepared.subject !== undefined) return;
  throw wrongUsage(
    '--view has nothing to draw of this scenario: no engine is in its lab',
    'leave it out; the scenarios that compare engines have a live view',
  );
}

interface Place {
  /** Where the address is printed. */
  readonly stream: DisplayStream;
  readonly environment: NodeJS.ProcessEnv;
}

/** Does `work` with a live view that is there meanwhile, or without one where none `isWanted`. */
export async function withView<Made>(
  isWanted: boolean,
  { stream, environment }: Place,
  work: (view: LiveView | undefined) => Promise<Made>,
): Promise<Made> {
  if (!isWanted) return work(undefined);
  const view = await openLiveView();
  try {
    stream.write(`live view, as long as this runs; open it in a browser of this machine:\n${view.url}\n`);
    if (hasDesktop(stream, environment)) await openInBrowser(view.url);
    return await work(view);
  } catch (error) {
    view.end({ status: 'failed', reason: explain(error), headline: '', report: '' });
    throw error;
  } finally {
    await view.close();
  }
}
