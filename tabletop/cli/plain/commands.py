"""What can be typed at the plain table, as one table of commands.

A command reads the desk's view and submits moves. It decides no rule.
"""

from tabletop.cli import output
from tabletop.cli.plain import back, control, describe
from tabletop.cli.plain.desk import After, Command, Desk, numbered, picked
from tabletop.cli.text import one_line
from tabletop.errors import IllegalMoveError, UsageError
from tabletop.session.view import CONTROL, CardView, Move, View

QUIT = ("q", "quit")
"""What leaves the game."""
LOG_LINES = 12
"""Log entries shown by `l` alone."""


def obey(desk: Desk, line: str) -> After:
    """Carry out one typed line."""
    if not line:
        shown = describe.choices(desk.view, desk.asked())
        desk.say(shown, "There is nothing to choose now.")
        return After.ASK_AGAIN
    word, _, rest = line.partition(" ")
    if word.isdecimal():
        return _choose(desk, word, rest.strip())
    command = _WORDS.get(word.lower())
    if command is None:
        raise UsageError(f"'{one_line(word)}' is not a command", "? lists them.")
    return command.run(desk, rest.strip())


def _choose(desk: Desk, number: str, intent: str) -> After:
    move = offered(desk.view, number)
    desk.game.submit(desk.seat, move, note=intent)
    return After.LOOK_AGAIN


def offered(view: View, text: str) -> Move:
    """The move with that number; raises IllegalMoveError for a card that must wait."""
    offers = describe.open_moves(view)
    held = {str(card.number): card for card in view.hand}
    card = held.get(text)
    if card is not None and card.number not in offers:
        unmet = [term for term in card.terms if not term.met]
        hint = "" if unmet else "Wait for your turn."
        raise IllegalMoveError(f"'{card.title}' can't be played now", hint, unmet)
    return picked(offers, text, "choice").move


def _help(desk: Desk, _text: str) -> After:
    output.say("  N [INTENT]: take choice N; words after it are kept as your intent")
    output.say("  A card keeps its number all game; 0 passes.")
    for command in COMMANDS:
        output.say(f"  {command.usage}: {command.meaning}")
    if desk.seat == CONTROL:
        output.say("  From 1000 on: what you may do for a team that is absent.")
        for command in control.COMMANDS:
            output.say(f"  {command.usage}: {command.meaning}")
    return After.ASK_AGAIN


def _preview(desk: Desk, text: str) -> After:
    move = offered(desk.view, text)
    desk.say(describe.preview(desk.game.preview(desk.seat, move)))
    return After.ASK_AGAIN


def _hand(desk: Desk, _text: str) -> After:
    for owner, cards in _hands(desk):
        if desk.seat == CONTROL:
            output.say(f"{describe.seat_name(desk.view, owner)} holds:")
        desk.say(describe.hand(cards), "  no cards")
    return After.ASK_AGAIN


def _card(desk: Desk, text: str) -> After:
    owner, _, number = text.rpartition(" ")
    hands = dict(_hands(desk))
    if not owner and len(hands) != 1:
        raise UsageError("say whose card", "Type the team and the number: v kyiv 2.")
    cards = hands.get(owner) if owner else next(iter(hands.values()))
    if cards is None:
        raise UsageError(f"there is no hand of '{one_line(owner)}' to see")
    card = picked({card.number: card for card in cards}, number, "card")
    desk.say(describe.card(desk.view, card))
    desk.say(describe.asking(desk.game.asking(desk.seat, card.id)))
    return After.ASK_AGAIN


def _hands(desk: Desk) -> list[tuple[str, tuple[CardView, ...]]]:
    view = desk.view
    return (
        list(view.hands.items()) if desk.seat == CONTROL else [(desk.seat, view.hand)]
    )


def _tracks(desk: Desk, _text: str) -> After:
    desk.say(describe.tracks(desk.view))
    return After.ASK_AGAIN


def _why(desk: Desk, text: str) -> After:
    subject = _subject(desk, text)
    desk.say(describe.why(desk.game.why(desk.seat, subject)))
    return After.ASK_AGAIN


def _subject(desk: Desk, text: str) -> str:
    """The id of the number whose id or name begins like the text."""
    view = desk.view
    known = {track.id: track.label for track in view.tracks}
    known |= {flag.id: flag.label for flag in view.flags}
    known |= {f"{team.id}.points": f"{team.name}: points" for team in view.teams}
    if text in known:
        return text
    start = text.casefold()
    fitting = [
        each
        for each, label in known.items()
        if start and (each.startswith(start) or label.casefold().startswith(start))
    ]
    if len(fitting) == 1:
        return fitting[0]
    kinds = f"one of: {', '.join(fitting or known)}"
    raise UsageError(f"'{one_line(text)}' does not name one number", f"It is {kinds}.")


def _log(desk: Desk, text: str) -> After:
    count = int(text) if text.isdecimal() else LOG_LINES
    log = desk.view.log
    for entry in log[max(0, len(log) - count) :]:
        desk.say(describe.announcement(entry))
    return After.ASK_AGAIN


def _situation(desk: Desk, _text: str) -> After:
    desk.say(describe.situation(desk.view), "There is no brief.")
    desk.say(describe.stands(desk.view))
    return After.ASK_AGAIN


def _injects(desk: Desk, text: str) -> After:
    view = desk.view
    if text:
        desk.say(describe.inject(view, numbered(view.injects, text, "inject")))
    else:
        desk.say(describe.injects(view.injects), "You see no injects.")
    return After.ASK_AGAIN


def _note(desk: Desk, text: str) -> After:
    if not text:
        raise UsageError("the note is empty", "Type its text after the n.")
    desk.game.note(desk.seat, text)
    output.say("Noted.")
    return After.ASK_AGAIN


def _seat(desk: Desk, text: str) -> After:
    persons = [seat for seat, who in desk.game.seats.items() if who == "person"]
    if text not in persons:
        raise UsageError(
            f"no person sits at '{one_line(text)}'", f"Persons: {', '.join(persons)}."
        )
    desk.wanted = text
    return After.LOOK_AGAIN


def _quit(_desk: Desk, _text: str) -> After:
    return After.LEAVE


COMMANDS = (
    Command(("p", "preview"), "p N", "what choice N would do now", _preview),
    Command(("h", "hand"), "h", "your cards, and why one can't be played", _hand),
    Command(("v", "view"), "v N", "the whole card N of your hand", _card),
    Command(("t", "tracks"), "t", "tracks, flags and teams", _tracks),
    Command(("w", "why"), "w TRACK", "why the number is what it is", _why),
    Command(("l", "log"), "l [N]", "what happened last", _log),
    Command(("s", "situation"), "s", "the briefs and your objectives", _situation),
    Command(
        ("i", "injects"), "i [N]", "control's injects, or the whole inject N", _injects
    ),
    Command(("n", "note"), "n TEXT", "write a note into the log", _note),
    *back.COMMANDS,
    Command(("seat",), "seat SEAT", "hand the keyboard to another person", _seat),
    Command(("?", "help"), "?", "this help", _help),
    Command(QUIT, "q", "leave; the game is kept", _quit),
)
_WORDS = {
    word: command
    for command in (*COMMANDS, *control.COMMANDS)
    for word in command.words
}
