import { engineChoice } from '../../scenarios/profiles/engine-choice.ts';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { ExplainedError, messageOf, wrongUsage } from '../../common/explained-error.ts';
import { ownCommand } from '../../common/own-command.ts';
import { engines, type EngineChoice } from '../../lab/engines/registry.ts';
import type { LabHome } from '../../lab/home/lab-home.ts';
import type { ToolName } from '../../lab/toolchain/toolchain.ts';
import { engineNames } from '../../reports/record/schema.ts';
import { Profile } from '../../scenarios/profiles/profile.ts';
import { chooseLab, type LabRegistry } from '../scenario/choose-lab.ts';

/** What `lab up` was asked for; kept in the lab's home, so that `lab wipe` makes the same lab again. */
export const LabRequest = z.strictObject({
  lab: z.string(),
  nodes: z.int().positive(),
  podStartMs: z.number().positive(),
  engine: z.enum(engineNames).nullable(),
  profile: Profile,
});
export type LabRequest = z.infer<typeof LabRequest>;

/** What a lab says of itself once it is ready. */
export const ServedLab = z.strictObject({
  kubeconfigFile: z.string(),
  gitUrl: z.string(),
  gitCredentialsFile: z.string(),
  controlPlaneMs: z.number(),
  engineInstallMs: z.number(),
});
export type ServedLab = z.infer<typeof ServedLab>;

type Home = Pick<LabHome, 'name' | 'directory'>;

const requestFile = ({ directory }: Home): string => path.join(directory, 'request.json');
const servedFile = ({ directory }: Home): string => path.join(directory, 'served.json');

async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
}

export async function saveRequest(home: Home, request: LabRequest): Promise<void> {
  await writeJson(requestFile(home), request);
}

export async function saveServed(home: Home, served: ServedLab): Promise<void> {
  await writeJson(servedFile(home), served);
}

/** What a lab was asked to be. Throws an explained error where it is the lab of a run. */
export async function readRequest(home: Home): Promise<LabRequest> {
  let text: string;
  try {
    text = await readFile(requestFile(home), 'utf8');
  } catch {
    throw wrongUsage(
      `"${home.name}" was not started by lab up`,
      `labs of a run are ended by it; ${ownCommand('lab', 'status')} shows them`,
    );
  }
  try {
    return LabRequest.parse(JSON.parse(text));
  } catch (error) {
    throw new ExplainedError({
      what: `${requestFile(home)} can't be read`,
      why: messageOf(error),
      next: `${ownCommand('lab', 'down', home.name)} removes the lab`,
      cause: error,
    });
  }
}

/** What a lab says of itself, or undefined where it is not ready. */
export async function readServed(home: Home): Promise<ServedLab | undefined> {
  try {
    return ServedLab.parse(JSON.parse(await readFile(servedFile(home), 'utf8')));
  } catch {
    return undefined;
  }
}

/** The engine that a lab runs, set up as its profile says. */
export function engineChoiceOf({ engine, profile }: LabRequest): EngineChoice | undefined {
  return engine === null ? undefined : engineChoice(engine, profile);
}

/** The programs that such a lab needs. Throws an explained error where there is no such kind of lab. */
export function toolsOfRequest(request: LabRequest, registry: LabRegistry): ToolName[] {
  const { tools } = chooseLab(request, registry).lab;
  return [...tools, ...(request.engine === null ? [] : engines[request.engine].tools)];
}
