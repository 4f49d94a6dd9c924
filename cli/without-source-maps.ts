/**
 * Loaded before the program where its memory counts: the maps of all files take some 10 MB, and are of use only for the
 * stack traces that DEBUG=1 shows.
 */
if ((process.env['DEBUG'] ?? '') === '') process.setSourceMapsEnabled(false);
