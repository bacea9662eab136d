#!/usr/bin/env bash
# Installs what the tests need (Debian), runs them all, and ends with a line that counts them.
set -euo pipefail
root=$(cd "$(dirname "$0")" && pwd)
cd "$root"

need() {
  missing=()
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done

  if [ ${#missing[@]} -gt 0 ]; then
    echo "Installing ${missing[*]}"
    sudo=$([ "$(id -u)" = 0 ] || echo sudo)
    $sudo apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  fi
}

# Mail servers, the Python of the second one, a database server, and a browser with a font.
need exim4-daemon-heavy python3 python3-aiosmtpd postgresql chromium fonts-dejavu-core

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
results="$root/artifacts/results"
rm -rf "$results"
mkdir -p "$results"

dotnet build Horilla.Platform.sln --configuration Release
dotnet format Horilla.Platform.sln --no-restore --verify-no-changes --exclude artifacts

status=0
for project in tests/*.Tests; do
  name=$(basename "$project")
  dotnet test "$project" --no-build --configuration Release --logger "trx;LogFileName=$name.trx" --results-directory "$results" || status=1
done

# The module once more, with its site on the other database.
again=Horilla.Modules.OutgoingMail.Tests
HORILLA_TEST_DATABASE=Postgres dotnet test "tests/$again" --no-build --configuration Release --logger "trx;LogFileName=$again on PostgreSQL.trx" --results-directory "$results" || status=1

# The description of OrchardCore's API and behaviour that platform/ is held against lies beside the repository, if anywhere.
contract="${HORILLA_CONTRACT:-$root/../shared/contract}"

if [ -f "$contract/check.cs" ]; then
  tests/contract.sh "$contract" "$results" || status=1
fi

# What the tests say they did, not what this script hopes.
python3 tests/count.py "$results" $(($(ls -d tests/*.Tests | wc -l) + 1)) || status=1
exit $status
