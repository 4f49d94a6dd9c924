import type { LabProgress } from '../../lab/provider.ts';

/** Tells a stage that has just begun from one that goes on; `of` is whose stage it is. */
export function stageNews(): (of: string, stage: LabProgress) => boolean {
  const latest = new Map<string, string>();
  return (of, { stage, number }) => {
    const key = `${number} ${stage}`;
    const isNews = latest.get(of) !== key;
    latest.set(of, key);
    return isNews;
  };
}
