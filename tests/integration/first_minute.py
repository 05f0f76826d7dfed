"""The demo's first minute in a real window: Xvfb shows it, xdotool drags, clicks and types, and what the program noticed is read
from its settings. Pictures of the steps are left in HINDCAST_PICTURES, where that names a folder."""
import configparser
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

from processes import die_with_parent, skip, wait_until

WIDTH, HEIGHT = 1400, 850
PLAYHEAD = (0xD1, 0x24, 0x2F)


def until(what, condition, seconds=30):
    return wait_until(condition, seconds, what)


class Screen:
    def __init__(self, home):
        self.home = home
        reader, writer = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{WIDTH}x{HEIGHT}x24"],
            pass_fds=[writer], stderr=subprocess.DEVNULL, preexec_fn=die_with_parent)
        os.close(writer)
        with os.fdopen(reader) as pipe:
            self.environment = os.environ | {
                "DISPLAY": ":" + pipe.readline().strip(), "QT_QPA_PLATFORM": "xcb", "QT_SCALE_FACTOR": "1", "TZ": "Europe/Berlin",
                "HOME": home, "XDG_DATA_HOME": home + "/data", "XDG_CONFIG_HOME": home + "/config", "DBUS_SESSION_BUS_ADDRESS": ""}

    def run(self, *command):
        return subprocess.run(command, env=self.environment, check=True, capture_output=True).stdout

    def tool(self, *words):
        self.run("xdotool", *map(str, words))

    def pixels(self):
        """Rows of bytes, three a pixel."""
        data = self.run("import", "-window", "root", "-depth", "8", "ppm:-")
        header = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", data)
        width = int(header[1])
        body = data[header.end():]
        return [body[y * width * 3:(y + 1) * width * 3] for y in range(int(header[2]))]

    def keep(self, name):
        folder = os.environ.get("HINDCAST_PICTURES")
        if folder:
            os.makedirs(folder, exist_ok=True)
            self.run("import", "-window", "root", f"{folder}/{name}.png")

    def playhead(self):
        """Where the red line stands: a column with a long run of its colour; (x, y of its upper end). None: not there yet."""
        rows = self.pixels()
        wanted = bytes(PLAYHEAD)
        for x in range(200, WIDTH - 200):
            run = 0
            for y, row in enumerate(rows):
                run = run + 1 if row[3 * x:3 * x + 3] == wanted else 0
                if run >= 30:
                    return x, y - run + 1
        return None

    def resting_playhead(self):
        """The same, once it stays where it is: lanes that come later move it."""
        at = self.playhead()
        time.sleep(0.5)
        return at if at and at == self.playhead() else None

    def noticed(self, key):
        for file in pathlib.Path(self.home, "config").rglob("*.conf"):
            settings = configparser.ConfigParser()
            settings.read(file)
            if settings.get("firstMinute", key, fallback="") == "true":
                return True
        return False


def walk(screen, program):
    window = subprocess.Popen([program, "--theme", "light", "--size", f"{WIDTH}x{HEIGHT}"], env=screen.environment,
                              preexec_fn=die_with_parent)
    try:
        x, y = until("the demo's playhead", screen.resting_playhead)
        assert not screen.noticed("hintDismissed")
        screen.keep("first-minute-1")

        screen.tool("mousemove", x, y + 12, "mousedown", 1)
        for step in range(1, 9):
            screen.tool("mousemove", x - 15 * step, y + 20)
            time.sleep(0.1)  # a hand's pace: moves that come at once are told as one
        screen.tool("mouseup", 1)
        until("the drag to be noticed", lambda: screen.noticed("hintDismissed"))
        until("the playhead to have moved", lambda: (at := screen.playhead()) and at[0] < x - 30)
        screen.keep("first-minute-2")

        screen.tool("key", "alt+Right")
        # Down the right side, from beneath the menu of the model, until a "set by" has been met: what is clicked before is a
        # field, and does no harm.
        for at in range(325, HEIGHT - 120, 12):
            screen.tool("mousemove", WIDTH - 110, at, "click", 1)
            time.sleep(0.05)
            if screen.noticed("dismissed"):
                break
        until("all three to be noticed", lambda: screen.noticed("dismissed"), 5)
        screen.keep("first-minute-3")
        assert window.poll() is None, "the window is gone"
    finally:
        window.terminate()
        window.wait()


def main():
    missing = [tool for tool in ("Xvfb", "xdotool", "import") if not shutil.which(tool)]
    program = os.environ.get("HINDCAST_BIN", "build/release/bin") + "/hindcast"
    if missing or not os.path.exists(program):
        skip((", ".join(missing) or program) + " is not here")
    with tempfile.TemporaryDirectory() as home:
        screen = Screen(home)
        try:
            walk(screen, program)
        finally:
            screen.server.terminate()
            screen.server.wait()
    print("the first minute was walked through and noticed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
