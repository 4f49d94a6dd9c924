import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { requireGit } from '../../lab/forge/git.ts';
import { codeOf, explainWriteFailure } from '../../reports/record/write-failure.ts';

/** Asks whether runs can be written below `directory`, which need not be there yet. */
async function demandWritable(directory: string): Promise<void> {
  for (let place = directory; ; place = path.dirname(place)) {
    try {
      // A directory is asked for by the dot, which no file has.
      await stat(`${place}${path.sep}.`);
      await access(place, constants.W_OK);
      return;
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw explainWriteFailure(error, directory);
    }
  }
}

/** Finds what would end a run only after minutes of preparation. Throws an explained error. */
export async function preflight(outputRoot: string, environment: NodeJS.ProcessEnv): Promise<void> {
  await requireGit(environment);
  await demandWritable(outputRoot);
}
