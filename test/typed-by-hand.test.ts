import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { endLab } from '../lab/home/labs.ts';
import { fileOf } from '../lab/toolchain/file-of.ts';
import { provideTools } from '../lab/toolchain/toolchain.ts';
import { labNames, makePlace, silentProgress } from './support.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const minutes = 60_000;

/** What a section of a page has someone type, line by line. */
async function typedIn(page: string, section: string): Promise<string[]> {
  const text = await readFile(path.join(root, page), 'utf8');
  const [, rest = ''] = text.split(`## ${section}\n`);
  const [own = ''] = rest.split(/^## /m);
  const blocks = [...own.matchAll(/^```(?:console|sh)\n(.*?)^```$/gms)];
  return blocks.flatMap(([, code = '']) => code.trim().split('\n'));
}

/** A watch never ends by itself. */
function endingByItself(line: string): string {
  return line.endsWith(' --watch') ? `timeout 10 ${line} || [ $? = 124 ]` : line;
}

/** Types the lines into one shell, each of which has to work; what they said. */
async function type(t: ExecutionContext, lines: readonly string[]): Promise<string> {
  const place = await makePlace(t);
  const programs = path.join(place.directory, 'programs');
  await mkdir(programs);
  const tools = await provideTools(['kubectl'], {
    environment: process.env,
    progress: silentProgress,
    signal: new AbortController().signal,
  });
  await symlink(fileOf(tools, 'kubectl', 'kubectl'), path.join(programs, 'kubectl'));
  t.teardown(async () => {
    // Where all went well, what was typed has ended it.
    await endLab('lab', place.labs).catch(() => undefined);
  });
  const typed = lines.map(endingByItself).join('\n');
  const { exitCode, all } = await execa('bash', ['-e', '-c', typed], {
    cwd: root,
    env: {
      ...place.environment,
      PATH: `${programs}:${process.env['PATH'] ?? ''}`,
      // Or kubectl would keep what it has learned of the cluster in the user's home.
      KUBECACHEDIR: path.join(place.directory, 'kubectl'),
    },
    all: true,
    reject: false,
  });
  t.is(exitCode, 0, all);
  t.deepEqual(await labNames(place), []);
  return all;
}

const pages = [
  { page: 'docs/getting-started.md', section: '4. A lab to try by hand' },
  { page: 'docs/handout.md', section: '1. Break something by hand (15 minutes)' },
] as const;

for (const { page, section } of pages) {
  test.serial(`what ${page} has someone type in a lab works as it stands`, async (t) => {
    t.timeout(6 * minutes);
    const lines = await typedIn(page, section);
    t.true(lines.length > 5);
    const said = await type(t, lines);
    t.regex(said, /deployment\.apps "web" deleted/);
    t.regex(said, /web +3\/3 /, 'the Deployment is there');
  });
}
