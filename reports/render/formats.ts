/** In which forms a report can be written; unless one of them is asked for, in all. */
export const reportFormats = ['markdown', 'html'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** Whether a report is written in that form where only one of them, or none, was asked for. */
export function isWritten(format: ReportFormat, only: ReportFormat | undefined): boolean {
  return only === undefined || only === format;
}

/** How a command says what its flag takes. */
export const formatHelp = `write one form alone: ${reportFormats.join(', ')}`;
