import type { DisplayStream } from '../progress/display.ts';

/** Whether there is a desktop that a browser can open on, and somebody before it. */
export function hasDesktop(
  { isTTY }: Pick<DisplayStream, 'isTTY'>,
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): boolean {
  const isSet = (name: string): boolean => (environment[name] ?? '') !== '';
  if (isTTY !== true || isSet('CI') || isSet('SSH_CONNECTION')) return false;
  return platform === 'linux' ? isSet('DISPLAY') || isSet('WAYLAND_DISPLAY') : true;
}

/** Opens a page in the user's browser. Where that can't be done, the address that was printed has to do. */
export async function openInBrowser(url: string): Promise<void> {
  try {
    const { default: open } = await import('open');
    const opener = await open(url);
    opener.on('error', () => undefined);
  } catch {
    // Whoever wants to look still has the address.
  }
}
