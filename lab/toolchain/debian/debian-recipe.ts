import path from 'node:path';
import { runLogged } from '../building/logged-run.ts';
import { digestOf } from '../digest.ts';
import type { Recipe } from '../install.ts';
import type { DebianPin } from '../pin.ts';
import type { Platform } from '../platform.ts';
import type { WorkContext } from '../work-context.ts';
import { explainMmdebstrap, mmdebstrapArguments, requireMmdebstrap } from './mmdebstrap.ts';

async function debootstrap(
  name: string,
  pin: DebianPin,
  file: string,
  { environment, cache, signal, show }: WorkContext,
): Promise<string> {
  await requireMmdebstrap(name, environment);
  const logFile = path.join(cache.logs, `${name}.log`);
  const { isDone, lastLines } = await runLogged({
    program: 'mmdebstrap',
    args: mmdebstrapArguments(pin, file, environment),
    directory: path.dirname(file),
    environment: { ...environment, TMPDIR: cache.temporary },
    logFile,
    signal,
    onLine: (line) => {
      show(line.replace(/^I: /, ''));
    },
  });
  if (!isDone) throw explainMmdebstrap(name, lastLines, logFile);
  return `Debian ${pin.suite} with ${pin.packages.join(', ')}`;
}

/** How a file system of Debian packages gets into the cache: anew only when the suite, the packages or the arguments change. */
export function debianRecipe(name: string, pin: DebianPin, { arch }: Platform): Recipe {
  const fileName = `${name}.tar`;
  const fingerprint = digestOf(JSON.stringify(mmdebstrapArguments(pin, fileName, {}))).slice(0, 8);
  return {
    name,
    version: pin.suite,
    origin: 'debian',
    directoryName: `${pin.suite}-${arch}-${fingerprint}`,
    fileNames: [fileName],
    fill: async (target, _scratch, context) =>
      await debootstrap(name, pin, path.join(target, fileName), context),
  };
}
