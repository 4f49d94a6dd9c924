#!/bin/sh
# What package managers install as gitops-lab. It becomes Node.js instead of starting it, so that signals and exit codes
# are the program's own; the flags keep its memory small, as in the scripts of package.json.
here=$(dirname "$(realpath "$0")")
case $0 in
*/node_modules/.bin/*) GITOPS_LAB_CALLED_AS='npx gitops-lab' ;;
*) GITOPS_LAB_CALLED_AS='gitops-lab' ;;
esac
# Or the TypeScript loader would read the settings of the directory that the user is in.
TSX_TSCONFIG_PATH=$here/../../tsconfig.json
export GITOPS_LAB_CALLED_AS TSX_TSCONFIG_PATH
exec node --max-semi-space-size=1 --optimize-for-size "$here/start.js" "$@"
