import type { ManagedApplication } from '../../lab/engines/engine.ts';
import { chartFilesFor, imageFilesFor, type EngineChoice } from '../../lab/engines/registry.ts';
import type { Application } from '../scenario.ts';
import { stockShelf, type ImageShelf } from './image-shelf.ts';
import type { Reader } from './trial-context.ts';

/** An application as one lab has it. */
export interface LabApplication {
  readonly application: Application;
  /** As the engine is asked to keep it. */
  readonly managed: ManagedApplication;
  readonly reader: Reader;
  /** Undefined where the application follows no image, or the lab has no registry. */
  readonly shelf: ImageShelf | undefined;
}

/** An application in the lab of an engine, whose registry, where it has one, is at this host. */
export function labApplication(
  given: Application,
  engine: EngineChoice,
  registry: string | undefined,
): LabApplication {
  const { followedImage } = given;
  const shelf =
    followedImage === undefined || registry === undefined
      ? undefined
      : stockShelf(given, followedImage, registry);
  const application = shelf?.stocked ?? given;
  const follows = shelf === undefined ? {} : { follows: shelf.inLab };
  const managed = { ...application, isChart: application.chart !== undefined, ...follows };
  const reader: Reader = {
    engine: engine.name,
    registry,
    chartFiles: (folder) => chartFilesFor(engine, managed, folder),
    imageFiles: (files) => imageFilesFor(engine.name, managed, files),
  };
  return { application, managed, reader, shelf };
}
