import {
  minSamplesForP99,
  type Calibration,
  type CalibrationCondition,
  type Instrument,
} from '../../record/calibration.ts';

/** The condition whose p99 is the harness's error bar. */
export const standardName = '100-objects-idle';

/** Above this share of work a machine was not idle: the lab, the reference and the changes of 1000 objects take less of two cores. */
const idleUpTo = 0.7;

type Load = Pick<CalibrationCondition, 'isBusy' | 'busyShare'>;

/** A machine that should have been idle, and was not. */
function wasDisturbed({ isBusy, busyShare }: Load): boolean {
  return !isBusy && busyShare > idleUpTo;
}

function machineInWords(load: Load): string {
  if (wasDisturbed(load))
    return `a machine that other programs kept busy (cores at work ${Math.round(load.busyShare * 100)} % of the time)`;
  return load.isBusy ? 'a busy machine' : 'an idle machine';
}

/** Milliseconds with two digits behind the point, as calibrations need them: `0.42 ms`. */
export function formatMs(valueMs: number): string {
  return `${valueMs.toFixed(2).replace('-', '−')} ms`;
}

/** Whether a condition came to what was aimed at: `reached`, `missed`, or a dash where nothing was. */
export function targetWords({ targetP99Ms, error }: CalibrationCondition): string {
  if (targetP99Ms === null) return '–';
  return `at most ${targetP99Ms} ms: ${error.p99Ms <= targetP99Ms ? 'reached' : 'missed'}`;
}

/** The answer of a calibration, in one or two sentences. */
export function calibrationHeadline({ conditions }: Calibration): string {
  const standard = conditions.find(({ name }) => name === standardName) ?? conditions[0];
  if (standard === undefined) return 'Not enough data: no sample was taken.';
  const { objects, samples, error } = standard;
  const targets = conditions.filter(({ targetP99Ms }) => targetP99Ms !== null);
  const reached = targets.filter(({ targetP99Ms, error: { p99Ms } }) => p99Ms <= (targetP99Ms ?? 0));
  const verdict =
    targets.length === 0
      ? ''
      : ` ${reached.length} of ${targets.length} targets ${reached.length === 1 ? 'was' : 'were'} reached.`;
  return (
    `The harness’s times are exact to ±${formatMs(error.p99Ms)} with ${objects} watched objects on ${machineInWords(standard)} ` +
    `(p99 of ${samples} samples).${verdict}`
  );
}

/** What limits a calibration's worth, as sentences. */
export function calibrationWarnings({ conditions }: Calibration): string[] {
  const few = conditions.filter(({ samples }) => samples < minSamplesForP99).map(({ name }) => name);
  const worked = conditions.filter(wasDisturbed);
  const incomplete = conditions.filter(({ missing }) => missing > 0);
  return [
    ...(few.length === 0
      ? []
      : [
          `Fewer than ${minSamplesForP99} samples: the p99 is hardly anything but the worst one (${few.join(', ')}). ` +
            'Such a calibration is not kept for later reports.',
        ]),
    ...worked.map(
      ({ name, busyShare }) =>
        `${name}: the machine was not idle. Its cores were at work for ${Math.round(busyShare * 100)} % of the time.`,
    ),
    ...incomplete.map(
      ({ name, missing }) => `${name}: ${missing} samples lack their truth and are not counted.`,
    ),
  ];
}

/** How exact the times of a report are, in one sentence. */
export function instrumentSentence(instrument: Instrument | null): string {
  if (instrument === null) {
    return (
      'How exact these times are is not known: the harness was never calibrated on this machine. ' +
      'The scenario calibrate finds that out.'
    );
  }
  const { errorP99Ms, calibratedAt, conditions } = instrument;
  const standard = conditions.find(({ name }) => name === standardName);
  const machine = standard === undefined ? 'an idle machine' : machineInWords(standard);
  const busy = conditions.find(({ objects, isBusy }) => isBusy && objects === 100);
  const onBusy = busy === undefined ? '' : `, and to ±${formatMs(busy.error.p99Ms)} on a busy one`;
  return (
    `Times are exact to ±${formatMs(errorP99Ms)} on ${machine}${onBusy}: the p99 of the harness’s error with 100 watched ` +
    `objects, in the last calibration on this machine, of ${calibratedAt.slice(0, 10)}.`
  );
}
