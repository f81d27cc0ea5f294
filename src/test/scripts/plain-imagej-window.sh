#!/usr/bin/env bash
# Drives the commands of the menu in a window of plain ImageJ and takes pictures of menu, dialog and result.
#
#   src/test/scripts/plain-imagej-window.sh IMAGEJ OUT [LABEL...]
#
# IMAGEJ is an ImageJ folder in which ./build fiji IMAGEJ has installed the plugin; results and pictures
# go to OUT. Needs Xvfb, openbox, xdotool and ImageMagick's import. Look at the pictures: the script only
# fails where a window does not come or files are missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."

[ $# -ge 2 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 2; }
imagej=$(cd "$1" && pwd)
mkdir -p "$2"
out=$(cd "$2" && pwd)
shift 2
[ $# -gt 0 ] || set -- "Segment Cell Nuclei" "Score Ki-67" "Quantify SA-beta-Gal"

export DISPLAY=:${SENOSCOPE_DISPLAY:-77}
jobs=()
cleanup() { for job in "${jobs[@]}"; do kill "$job" 2>/dev/null || true; done; }
trap cleanup EXIT
Xvfb "$DISPLAY" -screen 0 1400x1000x24 >/dev/null 2>&1 &
jobs+=($!)
sleep 1
openbox >/dev/null 2>&1 &
jobs+=($!)
sleep 1

fail() {
	import -window root "$out/failed.png"
	echo "plain-imagej-window: $*, see $out/failed.png" >&2
	exit 1
}

await() { # WINDOW-NAME SECONDS
	local i
	for ((i = 0; i < $2 * 2; i++)); do
		if xdotool search --onlyvisible --name "$1" >/dev/null 2>&1; then sleep 1; return; fi
		sleep 0.5
	done
	fail "no window \"$1\" after $2 s"
}

analyse() { # LABEL IMAGE PLACE-IN-MENU
	local label=$1 image=$2 place=$3 name=${1// /-} window x i
	echo "==> $label: $image"
	java -Xmx2g --add-opens=java.base/java.lang=ALL-UNNAMED -jar "$imagej/ij.jar" -ijpath "$imagej" \
		-eval "run('Bio-Formats Importer', 'open=[$PWD/$image] color_mode=Default view=Hyperstack stack_order=XYCZT');" >"$out/$name.log" 2>&1 &
	local java=$!
	jobs+=($java)
	await "$(basename "$image" | cut -c1-20)" 60
	window=$(xdotool search --onlyvisible --name '^ImageJ$' | tail -n 1)
	xdotool windowraise "$window"
	x=$(xdotool getwindowgeometry --shell "$window" | sed -n 's/^X=//p')
	# ImageJ opens at the top of the screen; Plugins is the sixth menu, Senoscope the last of its sub-menus.
	xdotool mousemove $((x + 320)) 32 click 1
	sleep 1
	xdotool key Up Right
	for ((i = 1; i < place; i++)); do xdotool key Down; done
	sleep 1
	import -window root "$out/$name-1-menu.png"
	xdotool key Return
	await "^$label\$" 20
	# The first field is the image file; each path has a button.
	xdotool key Tab Tab
	xdotool type --delay 20 "$out/$name"
	sleep 1
	import -window root "$out/$name-2-dialog.png"
	xdotool key Return
	await "Senoscope summary" 240
	sleep 2
	import -window root "$out/$name-3-result.png"
	kill $java
	wait $java 2>/dev/null || true
	[ -n "$(find "$out/$name" -name report.html)" ] || fail "no report in $out/$name"
}

for label in "$@"; do
	case $label in
		"Segment Cell Nuclei") analyse "$label" test-images/images/dapi_01.ome.tif 1 ;;
		"Score Ki-67") analyse "$label" test-images/images/hdab_01.ome.tif 2 ;;
		"Quantify SA-beta-Gal") analyse "$label" test-images/images/xgal-nfr_01.ome.tif 3 ;;
		*) fail "no command \"$label\"" ;;
	esac
done
ls "$out"/*.png
