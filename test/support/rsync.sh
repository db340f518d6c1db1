#!/usr/bin/env bash
# The three things that gitlab-ci-local asks of rsync, for machines that have none.
set -euo pipefail
destination="${!#}"
mkdir -p "$destination"
case "$*" in
  *--delete-excluded*) # a fresh checkout for a job
    rm -rf "${destination:?}"/* "${destination:?}"/.[!.]*
    git ls-files -z | tar --null -T - -cf - | tar -xf - -C "$destination"
    ;;
  "-a "*) # artifacts of an earlier job
    cp -R "$2" "$destination"
    ;;
  *" -Ra "*) # artifacts of this job
    while [ "$1" != -Ra ]; do shift; done
    tar -cf - "${@:2:$#-2}" | tar -xf - -C "$destination"
    ;;
  *)
    echo "rsync $*: not known here" >&2
    exit 1
    ;;
esac
