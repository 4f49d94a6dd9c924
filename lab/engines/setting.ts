import { parseDurationMs } from '../../common/duration.ts';

/** One value that decides how fast an engine is, and where it was read back from. */
export interface EngineSetting {
  readonly name: string;
  readonly value: string;
  readonly readFrom: string;
}

/** The value of a setting; undefined where it was not read back. */
export function settingValue(settings: readonly EngineSetting[], name: string): string | undefined {
  return settings.find((setting) => setting.name === name)?.value;
}

/** A setting that is a positive duration as Go writes it, in milliseconds; undefined where it was not read back. */
export function settingMs(settings: readonly EngineSetting[], name: string): number | undefined {
  const value = settingValue(settings, name);
  return value === undefined ? undefined : parseDurationMs(value, name);
}

/** A setting that is a number; undefined where it was not read back or is none. */
export function settingNumber(settings: readonly EngineSetting[], name: string): number | undefined {
  const value = Number.parseFloat(settingValue(settings, name) ?? '');
  return Number.isFinite(value) ? value : undefined;
}
