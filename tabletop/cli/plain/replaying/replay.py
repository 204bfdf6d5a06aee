"""A replay at the keyboard: reads standard input line by line until it ends."""

from tabletop.cli import output
from tabletop.cli.plain import describe
from tabletop.cli.plain.replaying import going, keeping, looking, trying
from tabletop.cli.plain.replaying.desk import ReplayCommand, ReplayDesk
from tabletop.cli.text import one_line
from tabletop.errors import TabletopError, UsageError
from tabletop.session.replaying import Replay


def replay_plainly(replay: Replay) -> None:
    """Step through a save until it is left or the input ends; closes it."""
    desk = ReplayDesk(replay)
    try:
        output.say(describe.title(desk.view))
        desk.say(going.line_texts(desk))
        desk.show()
        while (line := output.ask("Replay (? for help): ")) is not None:
            try:
                if not obey(desk, line):
                    return
            except TabletopError as error:
                desk.say(describe.refusal(error))
    finally:
        desk.replay.close()


def obey(desk: ReplayDesk, line: str) -> bool:
    """Carry out one typed line; False when it is left."""
    word, _, rest = (line or "next").partition(" ")
    command = _WORDS.get(word.casefold())
    if command is None:
        raise UsageError(f"'{one_line(word)}' is not a command", "? lists them.")
    return command.run(desk, rest.strip())


def _help(_desk: ReplayDesk, _text: str) -> bool:
    for command in COMMANDS:
        output.say(f"  {command.usage}: {command.meaning}")
    return True


def _quit(_desk: ReplayDesk, _text: str) -> bool:
    return False


COMMANDS = (
    *going.COMMANDS,
    *looking.COMMANDS,
    *keeping.COMMANDS,
    *trying.COMMANDS,
    ReplayCommand(("?", "help"), "?", "this help", _help),
    ReplayCommand(("q", "quit"), "q", "leave; the save is as it was", _quit),
)
_WORDS = {word: command for command in COMMANDS for word in command.words}
