#!/usr/bin/env bash
# Releases World: ./release.sh <version> [--dry-run]. What has to be there first: docs/releasing.md.
# All of it happens in a work tree of its own below target/release; the tree this is called in moves on
# when everything has gone well, and not before. --dry-run does everything but tag and publish.
set -euo pipefail

usage="./release.sh <version> [--dry-run]"

fail() {
  echo "release: $*" >&2
  exit 2
}

say() {
  echo "release: $*"
}

sha256() {
  if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi
}

version="" dry=""
for each in "$@"; do
  case $each in
    --dry-run) dry=true ;;
    -*) fail "knows no option $each: $usage" ;;
    *)
      [ -z "$version" ] || fail "takes one version, and was given $version and $each: $usage"
      version=$each
      ;;
  esac
done
[ -n "$version" ] || fail "needs the version to release: $usage"
if ! [[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-(alpha|beta|rc)\.[0-9]+)?$ ]]; then
  fail "cannot release '$version': a version is like 0.1.0, or 0.1.0-rc.1"
fi

cd -P "$(dirname "${BASH_SOURCE[0]}")"
root=$PWD
work=$root/target/release/$version
again=$work-again
migrations=world-adapter-postgres/src/main/resources/dev/fantasticfour/world/postgres/migration

# The lines of the changelog below the heading of this version, without those that say nothing.
changes() {
  awk -v heading="## [$version]" '
    index($0, "## ") == 1 { inside = (index($0, heading) == 1); next }
    inside && /[^[:space:]]/ && !/^###/ { print }
  ' CHANGELOG.md
}

check_the_tree() {
  local changed branch
  changed=$(git status --porcelain)
  if [ -n "$changed" ]; then
    fail "the tree is not clean; commit or put away first:"$'\n'"$(head -n 5 <<<"$changed")"
  fi
  if [ -z "$(changes)" ]; then
    fail "CHANGELOG.md says nothing of this version: it needs a section '## [$version] - <date>' with the changes"
  fi
  if git rev-parse --quiet --verify "refs/tags/v$version" >/dev/null; then
    fail "the tag v$version is there already: a version is released once"
  fi
  branch=$(git symbolic-ref --quiet --short HEAD || true)
  if [ -z "$branch" ]; then
    fail "no branch is checked out: a release is the next commit of one"
  fi
}

# A key that is forgotten at once: what is signed by it proves that signing works, and nothing else.
make_a_throw_away_key() {
  command -v gpg >/dev/null || fail "needs MAVEN_GPG_KEY, or gpg to make a key for the dry run"
  local home
  home=$(mktemp -d)
  MAVEN_GPG_PASSPHRASE=throw-away
  gpg --homedir "$home" --batch --quiet --pinentry-mode loopback --passphrase "$MAVEN_GPG_PASSPHRASE" \
    --quick-generate-key "throw-away <nobody@example.com>" rsa3072 sign 1d 2>/dev/null
  MAVEN_GPG_KEY=$(gpg --homedir "$home" --batch --quiet --pinentry-mode loopback \
    --passphrase "$MAVEN_GPG_PASSPHRASE" --armor --export-secret-keys)
  rm -rf "$home"
  export MAVEN_GPG_KEY MAVEN_GPG_PASSPHRASE
}

check_what_is_needed() {
  command -v mvn >/dev/null || fail "needs Maven on the PATH"
  command -v perl >/dev/null || fail "needs perl on the PATH"
  if [ -n "$dry" ]; then
    [ -n "${MAVEN_GPG_KEY:-}" ] || make_a_throw_away_key
    return
  fi
  [ -n "${MAVEN_GPG_KEY:-}" ] || fail "needs MAVEN_GPG_KEY, the armored secret key that signs, and MAVEN_GPG_PASSPHRASE"
  for each in CENTRAL_USERNAME CENTRAL_PASSWORD; do
    [ -n "${!each:-}" ] || fail "needs $each, of a user token of central.sonatype.com"
  done
  local maven
  maven=$(mvn -v | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p')
  case $maven in
    [0-2].* | 3.[0-8].* | 3.9.[01]) fail "needs Maven 3.9.2 or newer to publish, and found $maven" ;;
  esac
}

# The version of every pom, and of what the documents show.
set_version() {
  OLD=$1 NEW=$2 perl -pi -e 's/\Q<version>$ENV{OLD}<\/version>\E/<version>$ENV{NEW}<\/version>/' \
    $(git grep -l -F "<version>$1</version>" -- '*pom.xml' README.md 'docs/*.md')
}

set_property() {
  NAME=$2 VALUE=$3 perl -pi -e 's/(<\Q$ENV{NAME}\E>)[^<]*/$1$ENV{VALUE}/' "$1"
}

prepare() {
  git worktree prune
  rm -rf "$work" "$again"
  git worktree prune
  git worktree add --quiet --detach "$work" HEAD
  cd "$work"
  snapshot=$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' world-bom/pom.xml)
  case $snapshot in
    *-SNAPSHOT) ;;
    *) fail "the poms say version $snapshot, which is no snapshot: something went wrong before" ;;
  esac
  set_version "$snapshot" "$version"
  # The time of what is released, not of the build: two builds make the same bytes.
  local each time
  time=$(TZ=UTC git log -1 --date=format-local:%Y-%m-%dT%H:%M:%SZ --format=%cd)
  for each in pom.xml world-bom/pom.xml; do
    set_property "$each" project.build.outputTimestamp "$time"
  done
  # From now on databases may have run these.
  (cd "$migrations" && sha256 V*.sql) >world-release/src/released/migrations.sha256
  git add -A
  git commit --quiet -m "Release $version"
}

build_and_compare() {
  say "building $version, with all tests"
  # RELEASE_MAVEN_OPTIONS is for trying this script, not for releases.
  mvn -B org.apache.maven.plugins:maven-artifact-plugin:3.7.0:check-buildplan -Prelease,distribution
  mvn -B -Prelease,distribution ${RELEASE_MAVEN_OPTIONS:-} verify
  say "running it beside the last release"
  .ci/beside-last-release
  say "building it again elsewhere, to compare"
  git worktree add --quiet --detach "$again" HEAD
  .ci/build-elsewhere "$again"
  .ci/compare-builds "$work" "$again" "$version"
}

publish() {
  say "publishing $version"
  git tag -a "v$version" -m "World $version"
  if ! mvn -B -s .ci/central-settings.xml -Prelease -DskipTests deploy; then
    git tag -d "v$version" >/dev/null
    fail "was not published, and nothing is tagged; the tree of the release is $work"
  fi
}

begin_the_next() {
  local base=${version%%-*} next minor
  if [ "$base" = "$version" ]; then
    minor=${base#*.}
    minor=${minor%%.*}
    next=${base%%.*}.$((minor + 1)).0-SNAPSHOT
  else
    next=$base-SNAPSHOT
  fi
  set_version "$version" "$next"
  set_property world-release/pom.xml released.version "$version"
  set_property world-release/pom.xml nothing.released false
  perl -0pi -e 's/(<api-breaks>\n).*(<\/api-breaks>)/$1$2/s' world-release/src/released/api-breaks.xml
  if ! grep -q '^## \[Unreleased\]' CHANGELOG.md; then
    VERSION=$version perl -0pi -e 's/(\n## \[\Q$ENV{VERSION}\E\])/\n## [Unreleased]\n$1/' CHANGELOG.md
  fi
  git commit --quiet -a -m "Begin $next"
  local commit
  commit=$(git rev-parse HEAD)
  cd "$root"
  git merge --quiet --ff-only "$commit"
  git push --atomic origin HEAD "refs/tags/v$version"
  say "$version is at Central, not let go yet: look at it on https://central.sonatype.com/publishing, then publish it"
}

forget() {
  cd "$root"
  git worktree remove --force "$work"
  git worktree remove --force "$again"
}

check_the_tree
check_what_is_needed
prepare
build_and_compare
if [ -n "$dry" ]; then
  forget
  say "$version can be released; nothing was tagged or published"
  exit
fi
publish
begin_the_next
forget
