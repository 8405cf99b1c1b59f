#!/bin/sh
exec sh "$(dirname -- "$0")/kit/start.sh" "$@"
