import * as z from 'zod';

/** The parts that are used of an event of ansible-runner (https://ansible.readthedocs.io/projects/runner/en/stable/intro/#runner-artifact-job-events-host-and-playbook-events). */
const RunnerEvent = z.object({
  event: z.string(),
  event_data: z
    .object({
      play: z.string().optional(),
      task: z.string().optional(),
      task_path: z.string().optional(),
      host: z.string().optional(),
      ignore_errors: z.boolean().nullish(),
      res: z.record(z.string(), z.unknown()).optional(),
      changed: z.record(z.string(), z.number()).optional(),
      ok: z.record(z.string(), z.number()).optional(),
    })
    .default({}),
});
type RunnerEvent = z.infer<typeof RunnerEvent>;

/** A task that failed on a machine, or a machine that could not be reached. */
export interface TaskFailure {
  readonly kind: 'failed' | 'unreachable';
  readonly task: string;
  readonly host: string;
  readonly message: string;
}

/** How far a playbook is. */
export interface PlaybookProgress {
  readonly play: string;
  readonly task: string;
  /** Tasks that were begun so far, this one included. */
  readonly taskCount: number;
}

/** What the events of a playbook say so far. */
export interface PlaybookState {
  readonly progress: PlaybookProgress | undefined;
  readonly failures: readonly TaskFailure[];
  /** Host -> what the playbook changed on it; empty until the playbook is at its end. */
  readonly changed: Readonly<Record<string, number>>;
  readonly isAtEnd: boolean;
}

/** What is known before the first event. */
export const nothingYet: PlaybookState = { progress: undefined, failures: [], changed: {}, isAtEnd: false };

/** One line of `ansible-runner run --json`; undefined where it is no event. */
export function parseEvent(line: string): RunnerEvent | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return RunnerEvent.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** Why a task failed: what the command wrote last, which tells more than "non-zero return code". */
function messageOfResult(result: Readonly<Record<string, unknown>> = {}): string {
  const written = [result['stderr'], result['module_stderr'], result['stdout']]
    .map(textOf)
    .find((text) => text !== '');
  const end = written?.split('\n').slice(-6).join('\n');
  const message = textOf(result['msg']);
  const isHidden = result['censored'] !== undefined;
  const parts = [isHidden ? 'its output is hidden, for it holds a secret' : message, end ?? ''];
  return parts.filter((part) => part !== '').join('\n') || 'it gave no reason';
}

function failureOf(kind: TaskFailure['kind'], { event_data: data }: RunnerEvent): TaskFailure {
  return {
    kind,
    task: data.task ?? 'unknown task',
    host: data.host ?? 'unknown machine',
    message: messageOfResult(data.res),
  };
}

function begun(state: PlaybookState, { event_data: { play, task } }: RunnerEvent): PlaybookState {
  const taskCount = (state.progress?.taskCount ?? 0) + 1;
  return { ...state, progress: { play: play ?? '', task: task ?? '', taskCount } };
}

/** What is known with one more event. */
export function withEvent(state: PlaybookState, event: RunnerEvent): PlaybookState {
  const { event: name, event_data: data } = event;
  if (name === 'playbook_on_task_start' || name === 'playbook_on_handler_task_start')
    return begun(state, event);
  if (name === 'runner_on_failed' && data.ignore_errors !== true)
    return { ...state, failures: [...state.failures, failureOf('failed', event)] };
  if (name === 'runner_on_unreachable')
    return { ...state, failures: [...state.failures, failureOf('unreachable', event)] };
  if (name === 'playbook_on_stats') {
    const hosts = { ...data.ok, ...data.changed };
    const changed = Object.keys(hosts).map((host) => [host, data.changed?.[host] ?? 0] as const);
    return { ...state, isAtEnd: true, changed: Object.fromEntries(changed) };
  }
  return state;
}
