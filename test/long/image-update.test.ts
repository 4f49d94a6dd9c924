import test from 'ava';
import { imageUpdate } from '../../scenarios/image-update.ts';
import { documented } from '../documented/pages.ts';
import { wordsOf } from '../documented/typing.ts';
import { hasPrebuilt, unpackPrebuilt } from './prebuilt-programs.ts';
import { runCommand } from '../run-command.ts';
import { makeRun } from './make-run.ts';
import { leftProcesses, makePlace } from '../support.ts';

const minutes = 60_000;

test.serial(
  'without the programs of image automation the scenario says so before anything is started',
  async (t) => {
    t.timeout(2 * minutes);
    const place = await makePlace(t);
    // Neither a publisher nor Go: what a machine without a network has.
    const nowhere = { GITOPS_LAB_MIRROR: 'http://127.0.0.1:1', GITOPS_LAB_TOOLS: '' };
    const command = documented('npm run scenario image-update -- --engine=flux');
    const words = [...wordsOf(command), `--out=${place.runs}`];
    const { exitCode, stderr } = await runCommand(t, words, place.directory, nowhere);
    t.is(exitCode, 1, stderr);
    t.regex(stderr, /image-reflector-controller, image-automation-controller can't be had here/);
    t.regex(stderr, /put the programs .* into a directory, and name that with GITOPS_LAB_TOOLS/);
  },
);

// Where nobody hands the programs over, the summary says that this was skipped.
const withPrograms = hasPrebuilt ? test.serial : test.serial.skip;

withPrograms(
  'both engines write a new tag to Git and apply it, and leave one that is not for production',
  async (t) => {
    t.timeout(15 * minutes);
    const place = await makePlace(t);
    const programs = await unpackPrebuilt(t);
    const handOver = documented('export GITOPS_LAB_TOOLS=DIRECTORY').replace('DIRECTORY', `'${programs}'`);
    const { history, counted } = await makeRun(t, place, imageUpdate, {
      command: `${handOver}\n${documented('npm run scenario image-update')}`,
    });
    t.is(counted.length, 2 * imageUpdate.disturbances.length);
    for (const { engine, disturbance, verdict, reason, timeToDetectMs, timeToReadyMs, figures } of counted) {
      const title = `${engine} ${disturbance}: ${reason}`;
      t.is(verdict, 'valid', title);
      const { timeToTagSeenMs: seenMs, timeToCommitMs: commitMs, automationCommits } = figures;
      t.is(timeToDetectMs, seenMs ?? null, title);
      if (disturbance === 'older-or-prerelease-tag') {
        t.is(automationCommits, 0, title);
        t.is(commitMs, null, title);
      } else {
        t.is(automationCommits, 1, title);
        t.true((seenMs ?? Infinity) <= (commitMs ?? 0), title);
        t.true((commitMs ?? Infinity) < (timeToReadyMs ?? 0), title);
      }
    }
    const commits = history.filter((fact) => fact.type === 'committed');
    const authors = [...new Set(commits.map(({ author }) => author))].toSorted();
    t.deepEqual(authors, ['argocd-image-updater', 'fluxcdbot']);
    for (const { engine, trial, revision } of commits) {
      const applied = history.find(
        (fact) =>
          fact.type === 'engine' &&
          fact.engine === engine &&
          fact.trial === trial &&
          fact.revision === revision,
      );
      t.truthy(applied, `${engine} says that it has what its automation committed`);
    }
    t.deepEqual(await leftProcesses(place), [], 'nothing goes on running');
  },
);
