/** How long each part of an installation may take. */
export const installTimeoutMs = 180_000;
