import { stat } from 'node:fs/promises';
import { toolchainProgress } from '../../lab/toolchain/terminal.ts';
import { existing } from '../../lab/existing/provider.ts';
import { writeJobImage } from '../../lab/existing/job/job-image.ts';
import { provideTools } from '../../lab/toolchain/toolchain.ts';
import { formatBytes } from '../../reports/render/format.ts';
import { workloadImages } from '../../scenarios/runner/workload-images.ts';
import { toolsFor } from '../../scenarios/runner/run-scenario.ts';
import { findNamed } from '../choices.ts';
import { enginesOf } from '../scenario/choose-engines.ts';
import { demandAbilities, isAble } from '../scenario/choose-lab.ts';
import { programDirectory, resolveUserPath, shortPath, type Surroundings } from '../surroundings.ts';

interface JobImageFlags {
  readonly image: string;
  readonly out: string;
  readonly applications?: true | undefined;
}

/** Writes the archive of an image with this program and the tools of the scenarios; of all that a cluster which is there can have, where none is named. Throws an explained error. */
export async function bringJobImage(
  wanted: readonly string[],
  { image, out, applications }: JobImageFlags,
  surroundings: Surroundings,
): Promise<void> {
  const { environment, interruption, registry, stdout } = surroundings;
  const lab = existing({});
  for (const name of wanted) demandAbilities(findNamed('scenario', name, registry.scenarios), lab, registry);
  const scenarios = registry.scenarios.filter(
    (scenario) => isAble(scenario, lab) && (wanted.length === 0 || wanted.includes(scenario.name)),
  );
  const names = scenarios.flatMap((scenario) => toolsFor(lab, enginesOf(scenario, registry), scenario));
  const tools = await provideTools([...new Set(names)], {
    environment,
    progress: toolchainProgress(stdout),
    signal: interruption.signal,
  });
  const file = resolveUserPath(out, surroundings);
  const images = scenarios.flatMap(({ application, disturbances, environments = [] }) =>
    [application, ...environments.map((one) => one.application)].flatMap((one) =>
      workloadImages(one, disturbances),
    ),
  );
  await writeJobImage({
    image,
    file,
    programDirectory,
    tools,
    applications: applications === true ? [...new Set(images)] : [],
    environment,
  });
  const { size } = await stat(file);
  stdout.write(`${image} is in ${shortPath(file, surroundings)}, ${formatBytes(size)}\n`);
}
