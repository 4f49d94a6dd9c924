import test, { type ExecutionContext } from 'ava';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { endLab } from '../../lab/home/labs.ts';
import { makeCheckout } from '../documented/checkout.ts';
import { giveKubectl } from '../documented/give-kubectl.ts';
import { codeBlocks, documented, documentedLines, readPages } from '../documented/pages.ts';
import { endingByItself, shortened, startTyped } from '../documented/typing.ts';
import { labNames, makePlace, patientProfile, type TestPlace } from '../support.ts';

const minutes = 60_000;

/** A place whose user has a kubectl. */
async function placeWithKubectl(t: ExecutionContext): Promise<TestPlace> {
  const place = await makePlace(t);
  const programs = path.join(place.directory, 'programs');
  await giveKubectl(programs);
  t.teardown(async () => {
    // Where all went well, what was typed has ended them.
    for (const name of await labNames(place)) await endLab(name, place.labs).catch(() => undefined);
  });
  const PATH = `${programs}:${process.env['PATH'] ?? ''}`;
  // Or kubectl would keep what it has learned of the cluster in the user's home.
  const KUBECACHEDIR = path.join(place.directory, 'kubectl');
  return { ...place, environment: { ...place.environment, PATH, KUBECACHEDIR } };
}

/** Types the lines into one shell, each of which has to work; what they said. */
async function type(
  t: ExecutionContext,
  place: TestPlace,
  lines: readonly string[],
  cwd?: string,
): Promise<string> {
  t.true(lines.length > 0);
  const { exitCode, all } = await startTyped(t, place, lines.map(endingByItself).join('\n'), cwd);
  t.is(exitCode, 0, all);
  return all;
}

/** The lines with what shortens those that measure; packages are there. */
async function shorter(place: TestPlace, lines: readonly string[]): Promise<string[]> {
  const flags = ['--iterations', '1', '--profile', await patientProfile(place)];
  const measures = (line: string): boolean =>
    / scenario [a-z]/.test(line) && !/ --(?:dry-run|help|resume|replay)\b/.test(line);
  return lines
    .filter((line) => line !== 'npm ci')
    .map((line) => (measures(line) ? shortened(line, flags) : line));
}

const byHand = {
  'docs/getting-started.md': documentedLines('docs/getting-started.md', '4. A lab to try by hand'),
  'docs/handout.md': documentedLines('docs/handout.md', '1. Break something by hand (15 minutes)'),
};

for (const [page, lines] of Object.entries(byHand)) {
  test.serial(`what ${page} has someone type in a lab works as it stands`, async (t) => {
    t.timeout(10 * minutes);
    const place = await placeWithKubectl(t);
    t.true(lines.some((line) => line.includes(documented('npm run --silent lab -- kubeconfig'))));
    const said = await type(t, place, lines);
    t.regex(said, /deployment\.apps "web" deleted/);
    t.regex(said, /web +3\/3 /, 'the Deployment is there');
    t.deepEqual(await labNames(place), []);
  });
}

test.serial('getting started works from the doctor to the report', async (t) => {
  t.timeout(10 * minutes);
  const place = await makePlace(t);
  const checkout = await makeCheckout(path.join(place.directory, 'checkout'));
  const lines = [
    documented('npm start'),
    ...documentedLines('docs/getting-started.md', '1. Ask what this machine can do'),
    ...documentedLines('docs/getting-started.md', '2. A quick scenario'),
    documented('npm run scenario -- --help'),
    ...documentedLines('docs/getting-started.md', '3. Read the report'),
    documented('npm run scenario -- --resume latest --present'),
  ];
  const said = await type(t, place, await shorter(place, lines), checkout);
  t.regex(said, /✔.*\n/);
  t.regex(said, /^report: reports\/runs\/drift-recovery\/.*report\.html/m);
  t.regex(said, /^reports\/runs\/drift-recovery\/.*report\.html$/m, 'it is rendered again');
  t.regex(said, /^the run is complete: there is nothing left to be made$/m);
});

test.serial('the exercise predicts, measures, and plans a scenario of its own', async (t) => {
  t.timeout(10 * minutes);
  const place = await makePlace(t);
  const checkout = await makeCheckout(path.join(place.directory, 'checkout'));
  const [greeting = '', ...others] = codeBlocks(readPages().get('docs/handout.md') ?? '', ['yaml']);
  t.is(others.length, 0);
  await mkdir(path.join(checkout, 'mine'));
  await writeFile(path.join(checkout, 'mine', 'greeting.yaml'), greeting);
  const lines = [
    ...documentedLines('docs/handout.md', ''),
    ...documentedLines('docs/handout.md', '2. Predict (10 minutes)'),
    ...documentedLines('docs/handout.md', '3. Measure (15 minutes)'),
    documented('npm run scenario -- greeting --scenarios MINE --dry-run').replace('MINE', 'mine'),
  ];
  const said = await type(t, place, await shorter(place, lines), checkout);
  t.regex(said, /^Flux, iteration 3: delete-/m);
  t.regex(said, /^greeting: change a greeting by hand$/m);
});

test.serial('the labs of the page on the embedded lab come up side by side, and go', async (t) => {
  t.timeout(10 * minutes);
  const place = await makePlace(t);
  const said = await type(t, place, [
    ...documentedLines('docs/labs/embedded.md', 'Labs by hand'),
    documented('npm run lab -- down --all'),
    documented('npm run toolchain etcd kwok'),
    documented('npm run toolchain helm crane helm-controller'),
    documented('npm run toolchain gitea'),
  ]);
  t.regex(said, /^second: running since .*Flux/m);
  t.deepEqual(await labNames(place), []);
});
