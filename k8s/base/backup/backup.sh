#!/bin/sh
# Exports the chain, verifies the file offline and only then gives it its name; keeps the newest ones.
# CONSORTIUM_URL and CONSORTIUM_TOKEN say where from and who asks; NETWORK_ID, when set, is compared with the file's.
set -eu
folder=/backup
name=$folder/$(date -u +%Y%m%dT%H%M%SZ)

/app/consortium export "$name.unverified"
/app/consortium verify "$name.unverified" --json ${NETWORK_ID:+--network "$NETWORK_ID"} >"$name.unverified.json"
mv "$name.unverified.json" "$name.json"
mv "$name.unverified" "$name.chain"
# Height and state root, for the log and for the operator who restores.
cat "$name.json"

# What a run that failed left behind, and all but the newest.
rm -f "$folder"/*.unverified "$folder"/*.unverified.json "$folder"/*.part
ls -1 "$folder" | sed -n 's/\.chain$//p' | sort -r | tail -n "+$((KEEP + 1))" | while read -r old; do
  rm -f "$folder/$old.chain" "$folder/$old.json"
done
