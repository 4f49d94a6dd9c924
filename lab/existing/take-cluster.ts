import { ExplainedError } from '../../common/explained-error.ts';
import { joinFootprints, type HandedObjects } from '../footprint.ts';
import type { KubeAccess } from '../kube/kube-access.ts';
import { numberAt, type ObjectReference } from '../kube/objects.ts';
import type { LabSpec } from '../provider.ts';
import { demandUnused, lookBefore } from './in-use.ts';
import { demandPermissions, handingPermissions, neededPermissions } from './permissions.ts';
import type { Removal } from './removal-record.ts';
import { thoseThere } from './removal.ts';

/** How a cluster may be used. */
interface Use {
  /** The name of its context. */
  readonly context: string;
  readonly engineOnHost: boolean;
  /** Whether what is there of an engine may be used. */
  readonly isAdopting: boolean;
}

/** What a lab is going to make in a cluster, and whether it uses an engine that runs there. */
interface Taking {
  readonly removal: Removal;
  readonly isEngineThere: boolean;
}

/** Whether an engine runs where the lab could use it. */
async function isRunning(access: KubeAccess, { namespace, workloads }: HandedObjects): Promise<boolean> {
  const ready = workloads.map(async (workload) =>
    access.get(`/apis/apps/v1/namespaces/${namespace}/${workload}`).then(
      (found) => numberAt(found, 'status', 'readyReplicas') > 0,
      () => false,
    ),
  );
  return (await Promise.all(ready)).every(Boolean);
}

async function demandFree(access: KubeAccess, objects: readonly ObjectReference[]): Promise<void> {
  const [taken] = await thoseThere(access, objects);
  if (taken === undefined) return;
  throw new ExplainedError({
    what: `the ${taken.kind} ${taken.name} is in the namespace ${taken.namespace ?? ''} already, and is not the lab's`,
    why: 'the lab makes one of that name for the engine that it adopts, and removes it in the end',
    next: 'use another cluster, or give yours another name',
  });
}

/** Hands the application to an engine that is somebody else's. */
async function adoptEngine(
  { home, footprint }: Pick<LabSpec, 'home'> & Required<Pick<LabSpec, 'footprint'>>,
  { objects }: HandedObjects,
  { context }: Use,
  access: KubeAccess,
): Promise<Taking> {
  await demandPermissions(access, [...neededPermissions(footprint, false), ...handingPermissions(objects)]);
  demandUnused(await lookBefore(access, footprint), { context, isAdopting: false });
  await demandFree(access, objects);
  return { removal: { lab: home.name, footprint, kept: [], handed: objects }, isEngineThere: true };
}

/** Looks at a cluster and asks for the rights, and changes nothing. Throws an explained error where a lab can't be begun in it. */
export async function planTaking(spec: LabSpec, use: Use, access: KubeAccess): Promise<Taking> {
  const { home, footprint, engine } = spec;
  if (footprint === undefined) throw new Error('nobody said what the lab brings into the cluster');
  const adoption = engine?.adoption;
  if (use.isAdopting && adoption !== undefined && (await isRunning(access, adoption)))
    return adoptEngine({ home, footprint }, adoption, use, access);
  const whole = joinFootprints([footprint, ...(engine === undefined ? [] : [engine.installed])]);
  await demandPermissions(access, neededPermissions(whole, use.engineOnHost));
  const before = await lookBefore(access, whole);
  demandUnused(before, { ...use, ...(adoption === undefined ? {} : { adoption }) });
  const kept = [...before.definitions.map(({ name }) => name), ...before.parts];
  return { removal: { lab: home.name, footprint: whole, kept, handed: [] }, isEngineThere: false };
}
