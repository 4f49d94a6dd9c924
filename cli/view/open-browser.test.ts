import test from 'ava';
import { readFile } from 'node:fs/promises';
import { desktopOf, openInBrowser } from './open-browser.ts';
import { standInBrowser } from './browser-for-tests.ts';

const terminal = { isTTY: true };

test('a browser opens where somebody sits before a desktop', (t) => {
  t.is(desktopOf(terminal, { DISPLAY: ':0' }, 'linux'), 'here');
  t.is(desktopOf(terminal, { WAYLAND_DISPLAY: 'wayland-0' }, 'linux'), 'here');
  t.is(desktopOf(terminal, {}, 'darwin'), 'here');
});

test('it opens nowhere else', (t) => {
  t.is(desktopOf(terminal, {}, 'linux'), 'no-display');
  t.is(desktopOf({ isTTY: false }, { DISPLAY: ':0' }, 'linux'), 'nobody-there', 'output that goes to a file');
  t.is(desktopOf(terminal, { DISPLAY: ':0', CI: 'true' }, 'linux'), 'nobody-there');
  const ssh = { SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22', DISPLAY: ':0' };
  t.is(desktopOf(terminal, ssh, 'linux'), 'over-ssh');
});

/** On a busy machine it takes seconds to start a program. */
const patientMs = 8000;

/** The programs that open a page read the environment of this process. */
const onLinux = process.platform === 'linux' ? test.serial : test.serial.skip;

onLinux('the browser that the desktop is set to is given the address', async (t) => {
  const { environment, received } = await standInBrowser(t, 'cat');
  Object.assign(process.env, environment);
  const url = 'http://127.0.0.1:1234/?token=a-b_c';
  t.true(await openInBrowser(url, patientMs));
  t.is(await readFile(received, 'utf8'), url);
});

onLinux('where the desktop has no browser that starts, that is told', async (t) => {
  const { environment } = await standInBrowser(t, 'false');
  const nowhere = { XDG_DATA_HOME: '/nowhere', XDG_DATA_DIRS: '/nowhere' };
  Object.assign(process.env, environment, nowhere);
  t.false(await openInBrowser('http://127.0.0.1:1234/', patientMs));
});
