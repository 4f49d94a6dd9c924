import test from 'ava';
import { execa } from 'execa';

/** Whether a program can be given a terminal here, by util-linux (https://man7.org/linux/man-pages/man1/script.1.html). */
async function hasTerminals(): Promise<boolean> {
  const { failed, stdout } = await execa('script', ['--version'], { reject: false });
  return !failed && stdout.includes('util-linux');
}

/** A test of the program at a terminal. Where none can be had, the summary says that it was skipped. */
export const withTerminals = (await hasTerminals()) ? test.serial : test.serial.skip;
