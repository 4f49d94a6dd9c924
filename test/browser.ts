import { chromium, type Browser } from 'playwright-core';
import { existsSync } from 'node:fs';

/** Where Debian and Ubuntu, Fedora, and Google's packages put a browser; undefined where there is none. */
export const browserPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);

/** Starts it. A browser of root's has no sandbox. Throws where there is none. */
export async function launchBrowser(): Promise<Browser> {
  if (browserPath === undefined) throw new Error('there is no Chromium here');
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: browserPath, args });
}
