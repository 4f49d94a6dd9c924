import type { LiveObject } from '../../lab/kube/objects.ts';
import type { Change, Drift, ObjectName } from '../scenario.ts';
import { withChanged, withPodTemplate } from './by-commit.ts';

/** What a release of a chart consists of, and what of it has to serve. */
interface Release {
  readonly restores: readonly ObjectName[];
  readonly readies: readonly ObjectName[];
}

const common = {
  kind: 'change',
  command: 'git commit --all && git push',
  removes: [],
} as const satisfies Partial<Change>;

/** Someone adds the release of a chart, of which the cluster has nothing. */
export function installChart(name: string, { restores, readies }: Release): Change {
  const nameOf = ({ kind, metadata }: LiveObject) => `${kind}/${metadata.name}`;
  return {
    ...common,
    name,
    feature: 'installs a chart',
    sentence: 'someone adds the release of a chart, of which the cluster has nothing',
    message: 'Add the release',
    change: (objects) => objects,
    restores,
    readies,
    after: {
      message: 'Remove the release',
      change: (objects) => objects.filter((object) => !restores.some((own) => own === nameOf(object))),
      breaks: [],
      removes: restores,
    },
  };
}

/** Someone names the next version of the chart. `next` gives the objects that it renders with the same values. */
export function bumpChart(
  name: string,
  next: (objects: readonly LiveObject[]) => readonly LiveObject[],
  { restores, readies }: Release,
): Change {
  return {
    ...common,
    name,
    feature: 'upgrades to a new version of a chart',
    sentence: 'someone names a new version of the chart, with the same values',
    message: 'Use the next version of the chart',
    change: next,
    restores,
    readies,
  };
}

/** Someone gives the release another image, by its values. */
export function changeValues(name: string, target: ObjectName, container: string, image: string): Change {
  return {
    ...common,
    name,
    feature: 'upgrades to new values of a chart',
    sentence: `someone sets the image of ${target} to ${image} in the values`,
    message: `Use ${image}`,
    change: (objects) =>
      withChanged(objects, target, (object) => withPodTemplate(object, container, image, {})),
    restores: [target],
    readies: [target],
  };
}

interface FailedUpgrade {
  readonly container: string;
  readonly image: string;
  /** What goes back to the old version, and is to serve then. */
  readonly readies: readonly ObjectName[];
  /** For an engine that never goes back. */
  readonly watchMs: number;
}

/** Someone gives the release an image whose pods never become ready; the engine has to go back to the old version. */
export function failUpgrade(
  name: string,
  target: ObjectName,
  { container, image, readies, watchMs }: FailedUpgrade,
): Change {
  return {
    ...common,
    name,
    feature: 'goes back to the old version by itself when an upgrade fails',
    sentence: `someone sets the image of ${target} to ${image} in the values, whose pods never become ready`,
    message: `Use ${image}`,
    outcome: 'undone',
    change: (objects) => withChanged(objects, target, (object) => withPodTemplate(object, container, image)),
    restores: [target],
    readies,
    watchMs,
    knownToTakeMs: { flux: 20_000, argocd: watchMs },
  };
}

/** The same drift, of which the engine was told beforehand to leave it. It is watched for `watchMs`. */
export function leftAlone(name: string, drift: Drift, watchMs: number): Drift {
  return {
    ...drift,
    name,
    feature: `${drift.feature ?? drift.sentence}, though its correction of drift is off`,
    sentence: `${drift.sentence}, and the engine's correction of drift is off`,
    correction: 'off',
    watchMs,
    knownToTakeMs: { flux: watchMs, argocd: watchMs },
  };
}
