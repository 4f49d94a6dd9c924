import type { ExecutionContext } from 'ava';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * For tests: a program that a desktop takes for its browser, as its settings say
 * (https://specifications.freedesktop.org/mime-apps-spec/latest/), and as `BROWSER` does. It leaves the address that it is given
 * in the file `received`, and ends as `ending` does: a command that is given nothing to read. xdg-open takes no blank in the
 * path of a browser.
 */
export async function standInBrowser(
  t: ExecutionContext,
  ending: string,
): Promise<{ readonly environment: Readonly<Record<string, string>>; readonly received: string }> {
  const directory = await mkdtemp(path.join(tmpdir(), 'gitops-lab-browser-'));
  t.teardown(async () => rm(directory, { recursive: true, force: true }));
  const [program, received] = [path.join(directory, 'browser'), path.join(directory, 'received')];
  await writeFile(program, `#!/bin/sh\nprintf %s "$1" >'${received}'\nexec ${ending} </dev/null\n`);
  await chmod(program, 0o755);
  const [data, config] = [path.join(directory, 'share'), path.join(directory, 'config')];
  const schemes = ['x-scheme-handler/http', 'x-scheme-handler/https'];
  const entry = [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Stand-in',
    `Exec=${program} %u`,
    `MimeType=${schemes.join(';')};`,
  ];
  await mkdir(path.join(data, 'applications'), { recursive: true });
  await mkdir(config, { recursive: true });
  await writeFile(path.join(data, 'applications', 'stand-in.desktop'), `${entry.join('\n')}\n`);
  const defaults = schemes.map((scheme) => `${scheme}=stand-in.desktop`);
  await writeFile(path.join(config, 'mimeapps.list'), `[Default Applications]\n${defaults.join('\n')}\n`);
  return {
    received,
    environment: {
      DISPLAY: ':99',
      BROWSER: program,
      XDG_DATA_DIRS: data,
      XDG_CONFIG_HOME: config,
      XDG_CONFIG_DIRS: config,
      XDG_CURRENT_DESKTOP: '',
    },
  };
}
