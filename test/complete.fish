# Prints what fish offers behind each of the command lines, once it has read SCRIPT.
# Usage: fish complete.fish SCRIPT LINE...
source $argv[1]
for typed in $argv[2..]
    complete -C $typed | string replace -r '\t.*' '' | string join ' '
end
# "string join" fails where there was nothing to join.
exit 0
