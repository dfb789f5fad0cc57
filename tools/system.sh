#!/bin/sh
# What the tests need from the system: Chromium, a Chinese font, pdftotext, npm. On Debian and Ubuntu the missing
# packages are installed when we are root or sudo asks for no password; otherwise they are named, and this fails.
set -eu

missing=""
command -v chromium >/dev/null || [ -n "${CHROMIUM:-}" ] || missing="$missing chromium"
command -v pdftotext >/dev/null || missing="$missing poppler-utils"
fc-list :lang=zh-cn 2>/dev/null | grep -q . || missing="$missing fonts-noto-cjk fontconfig"
command -v npm >/dev/null || missing="$missing npm"
[ -n "$missing" ] || exit 0

as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo -n"
if ! command -v apt-get >/dev/null || ! $as_root true 2>/dev/null; then
  echo "测试还需要以下系统软件包（Debian 名称），请管理员安装：$missing" >&2
  echo "The tests also need these system packages (Debian's names); ask your administrator to install them:$missing" >&2
  exit 1
fi
echo "安装系统软件包 Installing system packages:$missing"
log=$(mktemp)
if ! { $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive \
  apt-get install -qq -y --no-install-recommends $missing; } >"$log" 2>&1 </dev/null; then
  tail -n 20 "$log" >&2
  echo "apt-get could not install:$missing" >&2
  exit 1
fi
rm -f "$log"
