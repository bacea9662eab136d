#!/usr/bin/env bash
# Installs what the tests need (on Debian), runs all tests, and prints the totals on the last line.
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

# Two mail servers (aiosmtpd runs on Python), a database server, and a browser with a font.
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

# The module's tests again, with the site on PostgreSQL.
again=Horilla.Modules.OutgoingMail.Tests
HORILLA_TEST_DATABASE=Postgres dotnet test "tests/$again" --no-build --configuration Release --logger "trx;LogFileName=$again on PostgreSQL.trx" --results-directory "$results" || status=1

# The contract describes the API and behavior of OrchardCore that platform/ is checked against. It is optional, and next to the
# repository by default.
contract="${HORILLA_CONTRACT:-$root/../shared/contract}"

if [ -f "$contract/check.cs" ]; then
  tests/contract.sh "$contract" "$results" || status=1
fi

# The totals come from the result files, not from this script.
python3 tests/count.py "$results" $(($(ls -d tests/*.Tests | wc -l) + 1)) || status=1
exit $status
