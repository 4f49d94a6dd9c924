import type { BrokenComponent, ComponentUsage } from '../lab.ts';
import {
  startComponent,
  type ComponentPlace,
  type ComponentSpec,
  type StartedComponent,
} from './component.ts';
import { usageOf } from './usage.ts';

/** The processes of this machine that run for one lab. */
export interface ComponentSet {
  /** Takes one that was started elsewhere; who started it stops it. */
  readonly adopt: (component: StartedComponent) => void;
  readonly run: (spec: ComponentSpec) => Promise<StartedComponent>;
  /** Kills one that `run` started, and starts it again at once. */
  readonly crash: (name: string) => Promise<void>;
  readonly all: () => readonly StartedComponent[];
  readonly usage: () => Promise<readonly ComponentUsage[]>;
  /** Settles with the first that ends by itself; never where none does. */
  readonly broken: Promise<BrokenComponent>;
  /** Stops what `run` started. */
  readonly stop: () => Promise<void>;
}

/** Begins with no component. */
export function openComponentSet(place: ComponentPlace): ComponentSet {
  const adopted: StartedComponent[] = [];
  const own = new Map<string, { readonly spec: ComponentSpec; readonly started: StartedComponent }>();
  let tell: (broken: BrokenComponent) => void = () => undefined;
  const broken = new Promise<BrokenComponent>((resolve) => (tell = resolve));
  const watch = ({ name, logFile, ended, isStopping }: StartedComponent): void => {
    void ended.then((how) => {
      if (!isStopping()) tell({ name, how, logFile });
    });
  };
  const run = async (spec: ComponentSpec): Promise<StartedComponent> => {
    const started = await startComponent(spec, place);
    own.set(spec.name, { spec, started });
    watch(started);
    return started;
  };
  const all = (): StartedComponent[] => [...adopted, ...[...own.values()].map(({ started }) => started)];
  return {
    adopt: (component) => {
      adopted.push(component);
      watch(component);
    },
    run,
    crash: async (name) => {
      const found = own.get(name);
      if (found === undefined) throw new Error(`the lab runs no ${name}`);
      await found.started.kill();
      await run(found.spec);
    },
    all,
    usage: async () => {
      const asked = all().map(async ({ name, pid }) => {
        const usage = await usageOf(pid);
        return usage === undefined ? [] : [{ component: name, ...usage }];
      });
      return (await Promise.all(asked)).flat();
    },
    broken,
    stop: async () => {
      await Promise.all([...own.values()].map(async ({ started }) => started.stop()));
    },
  };
}
