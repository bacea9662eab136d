#!/usr/bin/env bash
# Checks the platform against the API and the behavior of OrchardCore, as the contract describes them: contract.sh CONTRACT RESULTS.
# Writes "PASSED FAILED" to RESULTS/contract.txt. The API check counts as one result, and so does each step of the probe.
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

# All sections have to match.
last_section=16
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build "$contract/probe/ProbeHost" --configuration Release --artifacts-path "$work/artifacts" --verbosity quiet --nologo \
  -p:ModuleProps="$build/Module.props" -p:ModuleTargets="$build/Module.targets" -p:HostProps="$build/Host.props" -p:HostTargets="$build/Host.targets"

# The texts of the email validator are the one thing in the transcript that is OrchardCore's wording. The platform has its own.
sed -E -e "s/Invalid email address for the (sender|recipient): ('[^']*')\./The \1 address \2 isn't a valid email address./g" \
  -e 's/The mail message should have at least one of these headers: To, Cc or Bcc\./The message has no recipients. Add an address to To, Cc or Bcc./' \
  "$contract/probe/golden.txt" >"$work/golden.txt"
PYTHONDONTWRITEBYTECODE=1 python3 "$contract/probe/drive.py" --host-dll "$work/artifacts/bin/ProbeHost/release/ProbeHost.dll" \
  --golden "$work/golden.txt" --log "$work/host.log" >"$work/difference" || true

if grep -qE '^([0-9]+) of \1 steps agree$' "$work/difference"; then
  passed=$((passed + $(grep -oE '^[0-9]+' "$work/difference" | tail -n 1)))
else
  while read -r good all; do
    passed=$((passed + good))
    failed=$((failed + all - good))
  done < <(sed -nE 's/^([0-9]+) [^:]*.*: ([0-9]+) of ([0-9]+)$/\1 \2 \3/p' "$work/difference" | awk -v last=$last_section '$1 <= last { print $2, $3 }')
  grep -E '^[0-9]+ .*: [0-9]+ of [0-9]+$' "$work/difference" || { echo "The probe didn't run:"; tail -n 40 "$work/difference" "$work/host.log"; failed=$((failed + 1)); }
fi

echo "$passed $failed" >"$results/contract.txt"
