import test from 'ava';
import { hasDesktop } from './open-browser.ts';

const terminal = { isTTY: true };

test('a browser opens where somebody sits before a desktop', (t) => {
  t.true(hasDesktop(terminal, { DISPLAY: ':0' }, 'linux'));
  t.true(hasDesktop(terminal, { WAYLAND_DISPLAY: 'wayland-0' }, 'linux'));
  t.true(hasDesktop(terminal, {}, 'darwin'));
});

test('it opens nowhere else', (t) => {
  t.false(hasDesktop(terminal, {}, 'linux'), 'a machine without a screen');
  t.false(hasDesktop({ isTTY: false }, { DISPLAY: ':0' }, 'linux'), 'output that goes to a file');
  t.false(hasDesktop(terminal, { DISPLAY: ':0', CI: 'true' }, 'linux'), 'CI');
  t.false(hasDesktop(terminal, { SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' }, 'darwin'), 'another machine');
});
