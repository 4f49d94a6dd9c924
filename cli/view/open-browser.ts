import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { DisplayStream } from '../progress/display.ts';

/** Whether a browser can open by itself where the user is, and if not, why. */
export type Desktop = 'here' | 'over-ssh' | 'no-display' | 'nobody-there';

/** Where the user sits. A program that is run for nobody, as in CI or with its output in a file, opens nothing. */
export function desktopOf(
  { isTTY }: Pick<DisplayStream, 'isTTY'>,
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): Desktop {
  const isSet = (name: string): boolean => (environment[name] ?? '') !== '';
  if (isTTY !== true || isSet('CI')) return 'nobody-there';
  if (isSet('SSH_CONNECTION')) return 'over-ssh';
  const hasDisplay = platform !== 'linux' || isSet('DISPLAY') || isSet('WAYLAND_DISPLAY');
  return hasDisplay ? 'here' : 'no-display';
}

/** What opens a page has mostly said by then that it can't; a browser that stays in the foreground says nothing. */
const refusalMs = 1000;

async function isRefused(opener: ChildProcess, withinMs: number): Promise<boolean> {
  const waited = new AbortController();
  try {
    const ended = opener.exitCode === null ? once(opener, 'exit', waited) : [opener.exitCode];
    const [code] = (await Promise.race([ended, delay(withinMs, [0], waited)])) as [number | null];
    return code !== 0;
  } finally {
    waited.abort();
  }
}

/** Opens a page in the user's browser; false where that can't be done, as far as is known by then. */
export async function openInBrowser(url: string, withinMs = refusalMs): Promise<boolean> {
  try {
    const { default: open } = await import('open');
    return !(await isRefused(await open(url), withinMs));
  } catch {
    return false;
  }
}
