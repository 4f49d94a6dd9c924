import { ExplainedError } from '../../common/explained-error.ts';

/** Below this a machine with an engine is not worth starting; estimates, from what nodes of kind take. */
const memoryBytesEach = 1.5e9;
const diskBytesEach = 2e9;

/** What this computer has. */
export interface Room {
  readonly freeMemoryBytes: number;
  /** Undefined where the system does not say. */
  readonly freeDiskBytes: number | undefined;
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/** Throws an explained error where so many machines have no room. */
export function demandRoom(machines: number, { freeMemoryBytes, freeDiskBytes }: Room): void {
  const next = 'choose fewer nodes (--nodes), make room, or use --lab embedded, which takes less';
  const neededMemory = machines * memoryBytesEach;
  if (freeMemoryBytes < neededMemory) {
    throw new ExplainedError({
      what: `there is too little memory for ${machines} machines`,
      why: `${gigabytes(freeMemoryBytes)} are free, and they need ${gigabytes(neededMemory)}`,
      next,
    });
  }
  const neededDisk = machines * diskBytesEach;
  if (freeDiskBytes !== undefined && freeDiskBytes < neededDisk) {
    throw new ExplainedError({
      what: `there is too little disk for ${machines} machines`,
      why: `${gigabytes(freeDiskBytes)} are free, and they need ${gigabytes(neededDisk)}`,
      next,
    });
  }
}
