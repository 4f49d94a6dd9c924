import { explain, wrongUsage } from '../../common/explained-error.ts';
import type { DisplayStream } from '../progress/display.ts';
import type { PreparedRun, PreparedSeries } from '../scenario/prepared-run.ts';
import { openLiveView, type LiveView } from './live-view.ts';
import { desktopOf, openInBrowser, type Desktop } from './open-browser.ts';

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
  /** Opens an address in the user's browser; false where it can't. That of the desktop unless it is given. */
  readonly open?: typeof openInBrowser;
}

/** What the user has to do to see the page, where no browser opens by itself. */
function wayTo(url: string, desktop: Exclude<Desktop, 'nobody-there'>): string {
  const { port } = new URL(url);
  if (desktop === 'over-ssh')
    return `you are here over ssh: run ssh -L ${port}:127.0.0.1:${port} HOST on your own machine, and open the address there`;
  return desktop === 'here'
    ? 'no browser could be opened by itself: open the address in one'
    : `there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set): open the address in a browser of this machine, or forward port ${port} to yours`;
}

/** Says where the page is, and opens it where somebody sits before a desktop. */
async function show(url: string, { stream, environment, open = openInBrowser }: Place): Promise<void> {
  stream.write(`live view, as long as this runs; open it in a browser of this machine:\n${url}\n`);
  const desktop = desktopOf(stream, environment);
  if (desktop === 'nobody-there') return;
  const isOpen = desktop === 'here' && (await open(url));
  if (!isOpen) stream.write(`${wayTo(url, desktop)}\n`);
}

/** Does `work` with a live view that is there meanwhile, or without one where none `isWanted`. */
export async function withView<Made>(
  isWanted: boolean,
  place: Place,
  work: (view: LiveView | undefined) => Promise<Made>,
): Promise<Made> {
  if (!isWanted) return work(undefined);
  const view = await openLiveView();
  try {
    await show(view.url, place);
    return await work(view);
  } catch (error) {
    view.end({ status: 'failed', reason: explain(error), headline: '', report: '' });
    throw error;
  } finally {
    await view.close();
  }
}
