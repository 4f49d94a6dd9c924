import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { wrongUsage } from '../../common/explained-error.ts';
import { suggestName } from '../../common/nearest-name.ts';
import { application } from '../api.ts';
import type { Application, LiveObject, Scenario } from '../api.ts';
import { readSettings, type Settings } from '../settings/read-settings.ts';
import { applicationProblem } from './check-application.ts';
import { checkScenario, demandNone } from './check-scenario.ts';
import type { OwnFile } from './load-module.ts';
import { givenManifests, readManifests } from './read-manifests.ts';
import { disturbanceOf, type Refuse } from './yaml-disturbance.ts';
import { YamlScenario } from './yaml-schema.ts';

async function manifestsOf(
  { value, place }: Settings<YamlScenario>,
  directory: string,
): Promise<readonly LiveObject[]> {
  const { manifests } = value.application;
  const steps = ['application', 'manifests'];
  if (typeof manifests === 'string') return readManifests(path.resolve(directory, manifests), place(steps));
  return givenManifests(manifests, (index) => place([...steps, index]));
}

function disturbancesOf({ value, place }: Settings<YamlScenario>, made: Application, file: string) {
  return value.disturbances.map((given, index) => {
    const refuse: Refuse = (path, what, known, wrong = '') => {
      const next = known === undefined ? `mend ${file}` : suggestName(wrong, known);
      throw wrongUsage(`${place(['disturbances', index, ...path])}: ${what}`, next);
    };
    return disturbanceOf(given, made, refuse);
  });
}

/** The scenario that a YAML file describes. Throws an explained error, with line and column, for what is wrong with it. */
export async function loadYaml(file: OwnFile): Promise<Scenario> {
  const settings = readSettings({ text: await readFile(file.path, 'utf8'), file: file.shown }, YamlScenario);
  const { name, summary, question, contrasts } = settings.value;
  const objects = await manifestsOf(settings, path.dirname(file.path));
  const made = application({ name: settings.value.application.name ?? name, objects });
  demandNone(applicationProblem(made), settings.place(['application']));
  const disturbances = disturbancesOf(settings, made, file.shown);
  const described = { name, summary, question, application: made, disturbances };
  return checkScenario({ ...described, ...(contrasts === undefined ? {} : { contrasts }) }, file.shown);
}
