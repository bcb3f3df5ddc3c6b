# Shared by the scripts of build-aux and tests; sourced by bash, never run.
# Messages go to standard error, so that standard output stays usable by other programs.

# A failure inside $(…) is a failure.
shopt -s inherit_errexit

program=${program:-${0##*/}}
source_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
build_dir=${SOFTWHERE_BUILD_DIR:-$source_root/_build}

say ()
{
  printf '%s\n' "$*" >&2
}

die ()
{
  printf '%s: %s\n' "$program" "$*" >&2
  exit 1
}

# Runs a command as root: directly, or through sudo.
as_root ()
{
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    sudo -- "$@"
  fi
}

# Is there a way to become root? sudo may ask for a password only when somebody is there to type it.
can_be_root ()
{
  [ "$(id -u)" -eq 0 ] && return 0
  command -v sudo >/dev/null || return 1
  sudo -n true 2>/dev/null || [ -t 0 ]
}

# Prints the packages of build-aux/packages that are not installed.
missing_packages ()
{
  local wanted

  mapfile -t wanted < <(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$source_root/build-aux/packages")
  {
    dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' "${wanted[@]}" 2>/dev/null || true
  } | sed -n 's/^.i  *//p' | sort -u | comm -13 - <(printf '%s\n' "${wanted[@]}" | sort -u)
}

# Installs what build-aux/packages names and the machine lacks. Milliseconds when nothing is missing.
install_missing_packages ()
{
  local missing log

  command -v dpkg-query >/dev/null ||
    die "this is not a Debian system: install what build-aux/packages lists by hand."
  mapfile -t missing < <(missing_packages)
  [ ${#missing[@]} -eq 0 ] && return 0

  can_be_root ||
    die "these packages are missing and only root may install them: ${missing[*]}. Run as root:
  apt-get install ${missing[*]}"

  say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
  log=$(mktemp)
  if ! { as_root apt-get update -q &&
         as_root env DEBIAN_FRONTEND=noninteractive \
           apt-get install -q -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null
  then
    tail -n 15 "$log" >&2
    rm -f "$log"
    die "apt-get could not install the packages; its last words are above."
  fi
  rm -f "$log"
}

# Configures the build directory once, with the options given, and compiles; quiet unless it fails.
# usage: build DIRECTORY [MESON OPTION…]
build ()
{
  local dir=$1 log
  shift

  mkdir -p "$dir" 2>/dev/null && [ -w "$dir" ] ||
    die "the folder $dir cannot be written: check who owns it and the space left on the disk."
  log=$dir/build.log
  if [ ! -f "$dir/build.ninja" ]; then
    say "Configuring $dir"
    meson setup "$dir" "$source_root" "$@" >"$log" 2>&1 ||
      { tail -n 25 "$log" >&2; die "meson could not configure the build; its last words are above."; }
  fi
  ninja -C "$dir" >"$log" 2>&1 ||
    { grep -A15 -E '^FAILED|: error:|ERROR:' "$log" | head -n 60 >&2; die "the build failed; all its output is in $log."; }
}

# Makes a French locale reachable, without root: dates and the order of names are French even on a
# machine that never generated one. The build directory keeps it; a second run costs nothing.
french_locale ()
{
  local locales=$build_dir/locale name=fr_FR.UTF-8
  unset LC_ALL LC_MESSAGES
  if ! locale -a 2>/dev/null | grep -qi '^fr_FR\.utf-\?8$'; then
    if [ ! -d "$locales/$name" ]; then
      mkdir -p "$locales"
      # Made aside and moved at once: another test may be looking for it at this moment. Status 1 of
      # localedef means warnings; the locale is there all the same.
      local aside
      aside=$(mktemp -d "$locales/.making.XXXXXX")
      localedef -i fr_FR -f UTF-8 "$aside/$name" >/dev/null 2>&1 || true
      mv -T "$aside/$name" "$locales/$name" 2>/dev/null || true
      rm -rf "$aside"
    fi
    if [ -d "$locales/$name" ]; then
      export LOCPATH=$locales:/usr/lib/locale
    else
      name=C.UTF-8
    fi
  fi
  export LANGUAGE=fr LANG=$name
}

# What the application, run from the build directory, would find under the prefix once installed.
application_environment ()
{
  french_locale
  export SOFTWHERE_APPLICATION=$build_dir/src/shell/softwhere
  export GSETTINGS_SCHEMA_DIR=$build_dir/data
  export SOFTWHERE_LOCALEDIR=$build_dir/po
  export XDG_DATA_DIRS=$source_root/data:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}
}
