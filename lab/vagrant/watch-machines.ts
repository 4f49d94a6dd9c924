import type { ContainerEngine } from '../containers/container-engine.ts';
import type { BrokenComponent } from '../lab.ts';

/** Notices machines that end though nobody has ended them. */
export interface MachineWatch {
  /** Settles with the first such; never where there is none. */
  readonly broken: Promise<BrokenComponent>;
  /** The end of these is wanted. */
  readonly expect: (names: readonly string[]) => void;
  /** Watches all machines again, the ones that were made again among them. */
  readonly again: () => void;
}

/** Watches containers named PREFIX-MACHINE until `ending`. */
export function watchMachines(
  { run }: Pick<ContainerEngine, 'run'>,
  prefix: string,
  names: readonly string[],
  ending: AbortSignal,
): MachineWatch {
  const expected = new Set<string>();
  const watched = new Set<string>();
  let tell: (broken: BrokenComponent) => void = () => undefined;
  const broken = new Promise<BrokenComponent>((resolve) => (tell = resolve));
  const watch = (name: string): void => {
    if (watched.has(name)) return;
    watched.add(name);
    const wait = run(['wait', `${prefix}-${name}`], ending);
    wait
      .then((exitCode) => {
        if (ending.aborted || expected.has(name)) return;
        tell({ name, how: `the machine ended with exit code ${exitCode.trim()}` });
      })
      .catch(() => undefined)
      .finally(() => {
        watched.delete(name);
      });
  };
  names.forEach(watch);
  return {
    broken,
    expect: (lost) => {
      for (const name of lost) expected.add(name);
    },
    again: () => {
      expected.clear();
      names.forEach(watch);
    },
  };
}
