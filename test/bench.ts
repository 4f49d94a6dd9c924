import os from 'node:os';
import { parseArgs } from 'node:util';
import { explain, wrongUsage } from '../common/explained-error.ts';
import { toolchainProgress } from '../lab/toolchain/terminal.ts';
import { provideTools } from '../lab/toolchain/toolchain.ts';
import { embedded } from '../lab/embedded/provider.ts';
import { toolsFor } from '../scenarios/runner/run-scenario.ts';
import { benchControlPlane } from './bench/control-plane.ts';
import { benchFromNothing } from './bench/from-nothing.ts';
import { asLines, type Measurement } from './bench/measurement.ts';
import { benchNaive } from './bench/naive.ts';
import { benchRun } from './bench/run-cost.ts';

const usage = `npm run bench                       control planes, side by side with kwokctl
npm run bench -- --rounds 10        more of them
npm run bench -- --run RUN          what a finished run cost, and how long its report takes
npm run bench -- --naive            the same 20 deletions timed by the harness and by a look every second
npm run bench -- --from-nothing     every tool with empty caches: many minutes`;

function readArguments() {
  try {
    return parseArgs({
      options: {
        rounds: { type: 'string', default: '5' },
        run: { type: 'string' },
        naive: { type: 'boolean', default: false },
        'from-nothing': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw wrongUsage(error instanceof Error ? error.message : String(error), `\n${usage}`);
  }
}

function roundsOf(text: string): number {
  const rounds = Number(text);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 100) {
    throw wrongUsage(`--rounds is "${text}", which is not a whole number between 1 and 100`);
  }
  return rounds;
}

async function measure(): Promise<Measurement[]> {
  const values = readArguments();
  const rounds = roundsOf(values.rounds);
  const names = toolsFor(embedded, ['flux', 'argocd']);
  if (values.run !== undefined) return benchRun(values.run);
  if (values['from-nothing']) return benchFromNothing(names);
  const tools = await provideTools([...names, 'kwokctl'], {
    environment: process.env,
    progress: toolchainProgress(process.stdout),
    signal: new AbortController().signal,
  });
  return benchControlPlane(tools, rounds);
}

try {
  const { help, naive } = readArguments();
  if (help) console.log(usage);
  else if (naive) console.log((await benchNaive()).join('\n'));
  else {
    console.log(`${os.availableParallelism()} cores, load ${(os.loadavg()[0] ?? 0).toFixed(2)} at the start`);
    const measurements = await measure();
    for (const line of asLines(measurements)) console.log(line);
    if (measurements.some(({ isReached }) => !isReached)) process.exitCode = 1;
  }
} catch (error) {
  console.error(explain(error));
  process.exitCode = error instanceof Error && 'exitCode' in error ? Number(error.exitCode) : 1;
}
