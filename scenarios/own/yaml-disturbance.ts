import { listAt, referenceOf, textAt, valueAt } from '../../lab/kube/objects.ts';
import { commitRemoval, editImage, editVariable, remove, scale } from '../api.ts';
import type { Application, Disturbance, LiveObject, ObjectName } from '../api.ts';
import type { YamlDisturbance } from './yaml-schema.ts';

/** Throws an explained error for a setting of the disturbance; `known` are the names that `wrong` could have been. */
export type Refuse = (
  path: readonly string[],
  what: string,
  known?: readonly string[],
  wrong?: string,
) => never;

const nameOf = ({ kind, metadata }: LiveObject): ObjectName => `${kind}/${metadata.name}`;

/** What must work again when an object is back: a Service by its endpoints, a Namespace by all that is in it. */
function readiesOf(object: LiveObject, objects: readonly LiveObject[]): ObjectName[] {
  if (object.kind === 'Service') return [`Endpoints/${object.metadata.name}`];
  if (object.kind !== 'Namespace') return [nameOf(object)];
  return objects.filter((one) => one !== object).flatMap((one) => readiesOf(one, objects));
}

function removal(name: string, object: LiveObject, objects: readonly LiveObject[]): Disturbance {
  const alsoGone =
    object.kind === 'Namespace' ? objects.filter((one) => one !== object).map(referenceOf) : [];
  return remove(name, referenceOf(object), { alsoGone, readies: readiesOf(object, objects) });
}

/** Finds what a disturbance names among the application's objects. */
function finder(objects: readonly LiveObject[], refuse: Refuse) {
  const named = (step: string, name: string): LiveObject => {
    const found = objects.find((object) => nameOf(object) === name);
    return found ?? refuse([step], `the application has no ${name}`, objects.map(nameOf), name);
  };
  const member = <Member>(members: readonly Member[], titleOf: (one: Member) => string, what: string) => {
    const known = members.map(titleOf);
    return (path: readonly string[], name: string): Member =>
      members.find((one) => titleOf(one) === name) ??
      refuse(path, `there is no ${what} "${name}"`, known, name);
  };
  const deployments = objects.filter(({ kind }) => kind === 'Deployment');
  const deployment = (step: string, name: string) =>
    member(deployments, ({ metadata }) => metadata.name, 'Deployment')([step, 'deployment'], name);
  const titleOf = (value: unknown) => textAt(value, 'name');
  const container = (step: string, given: { readonly deployment: string; readonly container: string }) => {
    const all = listAt(deployment(step, given.deployment), 'spec', 'template', 'spec', 'containers');
    return member(all, titleOf, 'container')([step, 'container'], given.container);
  };
  const variable = (step: string, of: unknown, name: string) =>
    member(listAt(of, 'env'), titleOf, 'variable')([step, 'name'], name);
  return { named, deployment, container, variable };
}

/** A change by hand to what Git has already would change nothing. */
function demandAnother(given: unknown, inGit: unknown, path: readonly string[], refuse: Refuse): void {
  if (given === inGit) refuse(path, `Git has ${JSON.stringify(inGit)} too, so that nothing would change`);
}

function handOf(
  { name, scale: scaled, 'set-image': image, 'set-env': variable }: YamlDisturbance,
  objects: readonly LiveObject[],
  refuse: Refuse,
): Disturbance | undefined {
  const find = finder(objects, refuse);
  if (scaled !== undefined) {
    const deployment = find.deployment('scale', scaled.deployment);
    // One that says nothing has one (https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#replicas).
    const inGit = valueAt(deployment, 'spec', 'replicas') ?? 1;
    demandAnother(scaled.replicas, inGit, ['scale', 'replicas'], refuse);
    return scale(name, referenceOf(deployment), scaled.replicas);
  }
  if (image !== undefined) {
    const deployment = find.deployment('set-image', image.deployment);
    const inGit = textAt(find.container('set-image', image), 'image');
    demandAnother(image.image, inGit, ['set-image', 'image'], refuse);
    return editImage(name, referenceOf(deployment), image.container, image.image);
  }
  if (variable === undefined) return undefined;
  const deployment = find.deployment('set-env', variable.deployment);
  const container = find.container('set-env', variable);
  const inGit = textAt(find.variable('set-env', container, variable.name), 'value');
  demandAnother(variable.value, inGit, ['set-env', 'value'], refuse);
  const { name: variableName, value } = variable;
  return editVariable(name, referenceOf(deployment), variable.container, { name: variableName, value });
}

function deedOf(given: YamlDisturbance, objects: readonly LiveObject[], refuse: Refuse): Disturbance {
  const { name, delete: deleted, 'remove-manifest': removed } = given;
  const { named } = finder(objects, refuse);
  if (deleted !== undefined) return removal(name, named('delete', deleted), objects);
  const byHand = handOf(given, objects, refuse);
  if (byHand !== undefined) return byHand;
  const target = named('remove-manifest', removed ?? '');
  const endpoints: ObjectName[] = target.kind === 'Service' ? [`Endpoints/${target.metadata.name}`] : [];
  return commitRemoval(name, nameOf(target), endpoints);
}

/** The disturbance that a file describes, by the builders that all scenarios use. Throws what `refuse` throws. */
export function disturbanceOf(given: YamlDisturbance, application: Application, refuse: Refuse): Disturbance {
  const made = deedOf(given, application.objectsAt(0), refuse);
  return { ...made, restores: given.restores ?? made.restores, readies: given.readies ?? made.readies };
}
