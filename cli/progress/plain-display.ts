import type { Clock } from '../../common/clock.ts';
import type { Display, DisplayStream } from './display.ts';
import { Forecast } from './forecast.ts';
import { iterationLine, stageWords, stepLine, titleOf } from './run-words.ts';
import { stageNews } from './stage-news.ts';

function stopwatch(elapsedMs: number): string {
  const seconds = Math.floor(elapsedMs / 1000);
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `[${pad(Math.floor(seconds / 60))}:${pad(seconds % 60)}]`;
}

/** Lines without control codes, each behind the minutes and seconds since the clock's zero. */
export function plainDisplay(stream: DisplayStream, clock: Clock): Display {
  const forecast = new Forecast(clock);
  const isNews = stageNews();
  const say = (line: string): void => {
    stream.write(`${stopwatch(clock.nowMs())} ${line}\n`);
  };
  return {
    say,
    run: (event) => {
      if (event.type === 'step') say(stepLine(event));
      if (event.type === 'stage' && isNews(titleOf(event.trial), event.stage))
        say(`${titleOf(event.trial)}: ${stageWords(event.stage)}`);
      if (event.type === 'iteration') {
        forecast.note(event);
        say(`${iterationLine(event)} · ${forecast.words()}`);
      }
    },
    close: () => undefined,
  };
}
