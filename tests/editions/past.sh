#!/usr/bin/env bash
# An edition with a past, for tests and pictures in a browser: past.sh FOLDER makes a copy of the edition `rich` there, under
# version control, with a document that was withdrawn and a mistake that was corrected, and with notes in the margin.
set -euo pipefail
out=$1
rm -rf "$out"
cp -r "$(dirname "$0")/rich" "$out"
rm -rf "$out/.engross" "$out/public"
cd "$out"
printf '\ntheme:\n  notes: margin\n' >> site.yaml
mkdir ledger
cat > ledger/harbour.yaml <<'LEDGER'
d9: {withdrawn: {since: 2026-11-24, reason: "printed twice: see document 1", title: "Telegram on tar", date: 1901-03-02, number: 9}}
LEDGER
as_editor() {
  git -c user.name="Vera Blom" -c user.email=blom@example.org -c commit.gpgsign=false "$@"
}
git init -q
printf '.engross\npublic\n' > .gitignore
git add .
as_editor commit -q -m "The edition as it was"
sed -i 's/^Never mind/Do not mind/' content/harbour/02-departure/d7.md
as_editor commit -q -a -m "Undated slip read anew

erratum: “Never mind” was a misreading of “Do not mind”."
