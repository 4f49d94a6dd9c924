import type { ManagedApplication } from '../../lab/engines/engine.ts';
import { chartFilesFor, fleetOf, imageFilesFor, type EngineChoice } from '../../lab/engines/registry.ts';
import type { OperatorAddress } from '../../lab/operator/operator.ts';
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

/** What of a lab an application's files can name, chosen before it is started. */
interface LabAddresses {
  /** Host and port of its registry, where it has one. */
  readonly registry: string | undefined;
  readonly operator: OperatorAddress | undefined;
  /** The address of its state store, once that is served. */
  readonly repositoryUrl: () => string;
}

/** An application in the lab of an engine. */
export function labApplication(
  given: Application,
  engine: EngineChoice,
  { registry, operator, repositoryUrl }: LabAddresses,
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
    operator,
    partFiles: (parts) => fleetOf(engine).partFiles(parts, repositoryUrl()),
    chartFiles: (folder) => chartFilesFor(engine, managed, folder),
    imageFiles: (files) => imageFilesFor(engine.name, managed, files),
  };
  return { application, managed, reader, shelf };
}
