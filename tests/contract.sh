#!/usr/bin/env bash
# Holds the platform against the API and the behaviour of OrchardCore, where the contract is at hand: contract.sh CONTRACT RESULTS.
# Writes "PASSED FAILED" to RESULTS/contract.txt: the check of the API counts as one, each step of the probe as one.
set -euo pipefail
contract=$(cd "$1" && pwd)
results=$(cd "$2" && pwd)
root=$(cd "$(dirname "$0")/.." && pwd)
build="$root/platform/build"
passed=0
failed=0

cd "$root"

if dotnet run "$contract/check.cs" -- platform; then
  passed=$((passed + 1))
else
  failed=$((failed + 1))
fi

# The sections that have to agree: all of them.
last_section=16
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build "$contract/probe/ProbeHost" --configuration Release --artifacts-path "$work/artifacts" --verbosity quiet --nologo \
  -p:ModuleProps="$build/Module.props" -p:ModuleTargets="$build/Module.targets" -p:HostProps="$build/Host.props" -p:HostTargets="$build/Host.targets"
PYTHONDONTWRITEBYTECODE=1 python3 "$contract/probe/drive.py" --host-dll "$work/artifacts/bin/ProbeHost/release/ProbeHost.dll" \
  --golden "$contract/probe/golden.txt" --log "$work/host.log" >"$work/difference" || true

if grep -qE '^([0-9]+) of \1 steps agree$' "$work/difference"; then
  passed=$((passed + $(grep -oE '^[0-9]+' "$work/difference" | tail -n 1)))
else
  while read -r good all; do
    passed=$((passed + good))
    failed=$((failed + all - good))
  done < <(sed -nE 's/^([0-9]+) [^:]*.*: ([0-9]+) of ([0-9]+)$/\1 \2 \3/p' "$work/difference" | awk -v last=$last_section '$1 <= last { print $2, $3 }')
  grep -E '^[0-9]+ .*: [0-9]+ of [0-9]+$' "$work/difference" || { echo "The probe did not run:"; tail -n 40 "$work/difference" "$work/host.log"; failed=$((failed + 1)); }
fi

echo "$passed $failed" >"$results/contract.txt"
