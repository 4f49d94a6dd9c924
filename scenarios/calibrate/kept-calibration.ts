import { mkdir, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import { dataDirectory } from '../../lab/home/place.ts';
import { writeAtomically } from '../../reports/record/atomic-file.ts';
import { Instrument, minSamplesForP99 } from '../../reports/record/calibration.ts';
import type { Results } from '../../reports/record/schema.ts';
import { standardCondition } from './conditions.ts';

/** What tells one machine from another; a data directory may be shared by several. */
const Machine = z.object({ hostName: z.string(), processor: z.string(), cores: z.int().positive() });
type Machine = z.infer<typeof Machine>;

/** The file of a machine's last calibration. */
const Kept = z.object({ machine: Machine, instrument: Instrument });

function thisMachine(): Machine {
  return {
    hostName: os.hostname(),
    processor: os.cpus()[0]?.model ?? 'unknown',
    cores: os.availableParallelism(),
  };
}

function fileOf({ hostName }: Machine, environment: NodeJS.ProcessEnv): string {
  const name = hostName.replaceAll(/[^\w.-]/g, '_');
  return path.join(dataDirectory(environment), 'calibrations', `${name}.json`);
}

/** The error bar that a calibration gives its machine; null where it is not whole, or its p99 rests on too little. */
export function instrumentOf(results: Results): Instrument | null {
  const { status, calibration, provenance, startedAt } = results;
  const standard = calibration?.conditions.find(({ name }) => name === standardCondition);
  if (status !== 'complete' || calibration === undefined || standard === undefined) return null;
  const enough = calibration.conditions.filter(({ samples }) => samples >= minSamplesForP99);
  if (!enough.includes(standard)) return null;
  return {
    calibratedAt: startedAt,
    version: provenance.version,
    operatingSystem: provenance.machine.operatingSystem,
    nodeVersion: provenance.machine.nodeVersion,
    errorP99Ms: standard.error.p99Ms,
    conditions: enough.map(({ name, objects, isBusy, samples, busyShare, error }) => ({
      name,
      objects,
      isBusy,
      samples,
      busyShare,
      error,
    })),
  };
}

/** Keeps what a calibration found for the later runs of this machine. Throws an explained error where it can't be written. */
export async function keepCalibration(
  results: Results,
  environment: NodeJS.ProcessEnv = process.env,
  machine = thisMachine(),
): Promise<void> {
  const instrument = instrumentOf(results);
  if (instrument === null) return;
  const file = fileOf(machine, environment);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeAtomically(file, `${JSON.stringify({ machine, instrument }, null, 2)}\n`);
}

/** The last calibration of this machine; null where there is none, or where the machine was changed since. */
export async function lastCalibration(
  environment: NodeJS.ProcessEnv = process.env,
  machine = thisMachine(),
): Promise<Instrument | null> {
  try {
    const kept = Kept.parse(JSON.parse(await readFile(fileOf(machine, environment), 'utf8')));
    const isSame = (Object.keys(machine) as (keyof Machine)[]).every(
      (field) => kept.machine[field] === machine[field],
    );
    return isSame ? kept.instrument : null;
  } catch {
    // A file that is not there or can't be read is as good as no calibration; the report says so.
    return null;
  }
}
