#!/usr/bin/env bash
# Both commands of the README on a fresh Debian 12: a debootstrap folder, a clean clone, start to end. Needs root and debootstrap.
# usage: tests/fresh/run.sh FOLDER   (FOLDER may hold a debootstrapped Debian already)
set -euo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd)
fresh=$(mkdir -p "$1" && cd "$1" && pwd)

[ -x "$fresh/bin/bash" ] || debootstrap --variant=minbase bookworm "$fresh"
cp /etc/resolv.conf "$fresh/etc/" 2>/dev/null || true
rm -rf "$fresh/etc/apt/sources.list.d" "$fresh/etc/apt/apt.conf.d.host"
cp -r /etc/apt/sources.list* "$fresh/etc/apt/"
cp -rn /etc/apt/apt.conf.d/. "$fresh/etc/apt/apt.conf.d/"
rm -rf "$fresh/srv/sohoa" && mkdir -p "$fresh/srv/sohoa" "$fresh/srv/shared"
git clone -q "$here" "$fresh/srv/sohoa/main"
mkdir -p "$fresh/srv/sohoa/shared"

mount --bind "$here/../shared" "$fresh/srv/sohoa/shared"
mount -t proc proc "$fresh/proc"
mount --bind /dev "$fresh/dev"
trap 'umount "$fresh/srv/sohoa/shared" "$fresh/proc" "$fresh/dev"' EXIT

inside() { chroot "$fresh" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
             ${http_proxy:+http_proxy=$http_proxy} ${https_proxy:+https_proxy=$https_proxy} bash -c "cd /srv/sohoa/main && $1"; }
inside 'time ./dev run --no-serve'
inside 'time ./dev test'
