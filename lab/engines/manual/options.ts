/** Nothing about a runbook is tuned by a profile. */
export type ManualOptions = Readonly<Record<string, never>>;
