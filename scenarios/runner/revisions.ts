import { wrongUsage } from '../../common/explained-error.ts';
import { tellPush } from '../../lab/forge/push-message.ts';
import { manifestFiles } from '../../lab/kube/manifest-files.ts';
import type { LiveObject } from '../../lab/kube/objects.ts';
import type { Application, Change, Mistake } from '../scenario.ts';
import { chartFolder, publishChart } from './charts.ts';
import type { Reader, TrialContext } from './trial-context.ts';

/** A commit that the engine is to keep, and the release of the application in it. */
export interface Revision {
  readonly hash: string;
  readonly release: number;
}

/** Objects of the application as files of the state store: one each, unless it has a way of its own. */
export function filesOf(
  application: Pick<Application, 'path' | 'filesOf' | 'chart'>,
  objects: readonly LiveObject[],
  reader: Reader,
  correctsDrift = true,
): Readonly<Record<string, string>> {
  const { chart } = application;
  const files =
    chart === undefined
      ? (application.filesOf?.(objects, reader) ?? manifestFiles(application.path, objects))
      : reader.chartFiles(chartFolder(chart, objects, reader, correctsDrift));
  return reader.imageFiles(files);
}

/** Commits a release that no iteration has had before; with it Git says whether drift is put back, where that is Git's to say. */
export async function pushRevision(context: TrialContext, correctsDrift = true): Promise<Revision> {
  const { store, application, onActivity, nextRelease, reader } = context;
  onActivity('pushing a new revision');
  const release = nextRelease();
  const objects = application.objectsAt(release);
  await publishChart(context, objects);
  const files = filesOf(application, objects, reader, correctsDrift);
  const { hash } = await store.commit(`Release ${release}`, {
    // What a change of the iteration before has left there.
    [application.path]: null,
    ...files,
  });
  return { hash, release };
}

/** What a change makes of a release: the objects, and the files that it writes and removes. */
export function changed(
  { application, reader }: Pick<TrialContext, 'application' | 'reader'>,
  { change, filesOf: own = application.filesOf }: Pick<Change, 'change' | 'filesOf'>,
  release: number,
): { readonly objects: readonly LiveObject[]; readonly files: Readonly<Record<string, string | null>> } {
  const objects = change(application.objectsAt(release));
  const { path } = application;
  const files = filesOf({ ...application, ...(own === undefined ? {} : { filesOf: own }) }, objects, reader);
  return { objects, files: { [path]: null, ...files } };
}

/** Pushes a change to Git as a whole folder, and holds the cluster against it from then on. */
async function push(
  context: TrialContext,
  change: Pick<Change, 'change' | 'filesOf' | 'message' | 'outcome'>,
  release: number,
  type: 'disturbed' | 'broken',
): Promise<void> {
  const { store, observer } = context;
  const { message, outcome } = change;
  const { objects, files } = changed(context, change, release);
  await publishChart(context, objects);
  const { hash } = await store.commit(message, files);
  observer.note({ type, what: message, revision: hash });
  // One that is to be undone leaves what was before as what is wanted.
  if (outcome !== 'undone') observer.expect(objects);
}

/** Pushes a change to Git, which is the zero of time. Throws where the engine is to be told of it and takes no such word. */
export async function pushChange(context: TrialContext, change: Change, release: number): Promise<void> {
  const { engine, store, repositoryUrl } = context;
  const before = await store.head();
  await push(context, change, release, 'disturbed');
  if (change.isTold !== true) return;
  if (engine.pushReceiver === undefined)
    throw wrongUsage(
      `${change.name} needs an engine that takes webhooks`,
      "add webhooks to the scenario's needs",
    );
  const after = await store.head();
  await tellPush(engine.pushReceiver, { repositoryUrl, branch: store.branch, before, after });
}

/** Pushes a mistake to Git, which a change will mend. */
export async function pushMistake(context: TrialContext, mistake: Mistake, release: number): Promise<void> {
  await push(context, mistake, release, 'broken');
}

/** Commits a release in the middle of an iteration, and holds the cluster against it from then on. */
export async function commitRelease(context: TrialContext): Promise<Revision> {
  const revision = await pushRevision(context);
  context.observer.expect(context.application.objectsAt(revision.release));
  return revision;
}
