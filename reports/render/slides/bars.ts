import { armOf, type Analysis } from '../analysis.ts';
import { neverCame } from '../arm.ts';
import { engineColours, engineLabels } from '../names.ts';
import { medianCell } from '../verdict-words.ts';

/** The bar of one engine. */
interface Bar {
  readonly label: string;
  readonly colour: string;
  /** The median time to restore, or what it is known to be longer than. */
  readonly seconds: number;
  /** It was never seen to end. */
  readonly isOpen: boolean;
  readonly words: string;
}

/** The bars of one disturbance, an engine each. */
export interface BarGroup {
  readonly disturbance: string;
  readonly bars: readonly Bar[];
}

/** The median times to restore, for the disturbances after which anything was measured. */
export function barGroups(analysis: Analysis): BarGroup[] {
  return analysis.disturbances.flatMap((disturbance) => {
    const bars = analysis.engines.flatMap((engine): Bar[] => {
      const arm = armOf(analysis, disturbance, engine, 'restore');
      if (arm.description === null) return [];
      return [
        {
          label: engineLabels[engine],
          colour: engineColours[engine],
          seconds: arm.description.median.valueMs / 1000,
          isOpen: neverCame(arm),
          words: medianCell(arm),
        },
      ];
    });
    return bars.length === 0 ? [] : [{ disturbance, bars }];
  });
}
