"""Every key of the program, in one table.

Screens take their bindings from here, the footer its order and its signs, help its
sentences. The same letter means the same thing on every screen. Never does anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from textual.binding import Binding, BindingType

from tabletop.tui.glyphs import glyphs

PLAIN_SIGNS = {
    "⏎": "enter",
    "↑↓": "up/down",
    "←→": "left/right",
    "→": "right",
    "←": "left",
    "⇧←→": "S-l/r",
}
"""How keys are drawn where only ASCII can be."""

TYPED = {"space", "plus", "slash", "question_mark"}
"""Keys with long names that write a sign where a line is being typed."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key: what it is called in a keymap, what it runs, and what it says."""

    id: str
    """Its name in a keymap, such as 'play.pass'."""
    keys: str
    """The keys that trigger it, as Textual names them, with commas between."""
    action: str
    """The action that it runs; empty when the widget with the focus takes the key."""
    verb: str
    """What the footer calls it: one or two short words."""
    tip: str
    """What it does, in a sentence, for help and for the palette."""
    sign: str = ""
    """How the key is drawn; by default the key itself."""
    priority: bool = False
    """Whether it works while a line is being typed."""

    @property
    def drawn(self) -> str:
        """The key as footer and help draw it."""
        sign = self.sign or self.keys
        return PLAIN_SIGNS.get(sign, sign) if glyphs().plain else sign

    @property
    def while_typing(self) -> bool:
        """Whether it does its work while a line is being typed."""
        if self.priority or self.sign in ("⏎", "esc"):
            return True
        return any(len(key) > 1 for key in {*self.keys.split(",")} - TYPED)

    def bindings(self) -> Iterator[Binding]:
        """The key as Textual binds it; `{key}` in the action stands for each key."""
        if "{key}" not in self.action:
            yield self._binding(self.keys, self.id)
            return
        for key in self.keys.split(","):
            yield self._binding(key, f"{self.id}.{key}")

    def _binding(self, keys: str, binding_id: str) -> Binding:
        return Binding(
            keys,
            self.action.replace("{key}", keys),
            self.verb,
            key_display=self.sign or None,
            priority=self.priority,
            tooltip=self.tip,
            id=binding_id,
        )


_TABLE = (
    # Everywhere.
    Key("help", "question_mark,f1", "help", "help", "Show the keys of this screen.",
        "?"),
    Key("palette", "", "", "palette", "Find any command or move by its name.", "^p"),
    Key("look", "f2", "app.next_look", "light or dark",
        "Change between the dark, the light and the high-contrast look.", "F2"),
    Key("quit", "ctrl+q", "", "quit", "Leave the program; a game is saved as it is.",
        "^q"),
    Key("leave", "escape", "leave", "back", "Leave this and go back.", "esc"),
    Key("confirm", "enter", "confirm", "do it", "Do it.", "⏎"),
    Key("move", "", "", "choose", "Move through the list.", "↑↓"),
    Key("scroll", "", "", "read on", "Scroll the text.", "↑↓"),
    # Home.
    Key("home.open", "", "", "open", "Do what is chosen.", "⏎"),
    Key("home.lists", "", "", "decks", "Change between what to do and the decks.",
        "tab"),
    Key("home.continue", "c", "begin('continue')", "continue",
        "Go on with the game that was played last."),
    Key("home.saves", "o", "begin('saves')", "another save",
        "Choose one of the saved games."),
    Key("home.new", "n", "begin('new')", "new game",
        "Choose who sits where, then begin the chosen deck."),
    Key("home.solo", "s", "begin('solo')", "alone, against bots",
        "Play one team of the chosen deck against bots."),
    Key("home.learn", "t", "begin('learn')", "learn",
        "Play the tutorial: ten minutes, against a bot."),
    Key("home.problems", "e", "problems", "its problems",
        "Show what is wrong with the chosen deck."),
    Key("home.quit", "q", "app.quit", "quit", "Leave the program."),
    # Setting up a game.
    Key("setup.who", "", "", "who sits there",
        "Change who sits there.", "←→"),
    Key("setup.start", "f10", "start", "start", "Start the game.", "F10",
        priority=True),
    # The table, every seat.
    Key("play.cards", "", "", "choose", "Move from card to card.", "←→"),
    Key("play.number", "1,2,3,4,5,6,7,8,9", "number({key})", "card",
        "Go to the card with that number.", "1-9"),
    Key("play.panes", "1,2,3,4,5,6", "pane({key})", "panes",
        "Go to the pane with that number.", "1-5"),
    Key("play.back", "escape", "leave", "leave the line",
        "Leave the line; what was typed stays.", "esc"),
    Key("play.next", "tab", "next_pane", "next pane", "Go to the next pane."),
    Key("play.do", "", "", "play",
        "Choose the card; say why, if you like; press it again to play it.", "⏎"),
    Key("play.answer", "a", "answer", "answer", "Answer the question that waits."),
    Key("play.view", "v", "view_card", "view",
        "Show the whole card; to control, all that it reads out, and the inject."),
    Key("play.pass", "p", "pass_turn", "pass", "Play nothing more this turn."),
    Key("play.why", "w", "why", "why", "Show what made a number what it is."),
    Key("play.log", "l", "log", "log", "Show everything that happened."),
    Key("play.note", "n", "note", "note", "Write a line into the log."),
    Key("play.undo", "u", "undo", "undo", "Take back the last decision."),
    Key("play.branches", "g", "branches", "lines of play",
        "Show every line of play, those taken back too; take one up again."),
    Key("play.mark", "z", "bookmark", "bookmark",
        "Mark this moment, so that it can be found again."),
    Key("play.checks", "y", "checkpoints", "watch for",
        "Show what to watch for, and judge how it was met."),
    Key("play.seats", "o", "seats", "who sits where",
        "Give a seat to a person, a bot or nobody."),
    Key("play.brief", "b", "brief", "briefing", "Read the briefing again."),
    Key("play.inbox", "i", "inbox", "inbox",
        "Show what was told to your team, the newest first."),
    Key("play.known", "k", "known", "so far",
        "Show what your team knows so far, for those who come late."),
    Key("play.tour", "f3", "tour", "tour", "Take the short tour of this screen.",
        "F3"),
    Key("play.switch", "s", "switch", "change seat",
        "To control's view and back; while no team must act, through all teams."),
    Key("play.end", "e", "end", "the end", "Show how the game ended."),
    Key("play.go", "q", "go", "leave", "Leave the game; it is saved as it is."),
    # The table, control.
    Key("control.advance", "right", "advance", "next phase",
        "Close this phase and open the next one, after asking.", "→", priority=True),
    Key("control.fire", "f", "inject('fire')", "fire", "Fire the chosen inject now."),
    Key("control.hold", "h", "inject('hold')", "hold",
        "Hold the chosen inject back."),
    Key("control.release", "h", "inject('release')", "let go",
        "Let the held inject go on."),
    Key("control.forward", "b", "forward", "move",
        "Bring the chosen inject forward or put it back: to a round of your choice."),
    Key("control.skip", "x", "inject('skip')", "skip", "Cross the chosen inject out."),
    Key("control.rule", "r", "rule", "ruling",
        "Override the rules, with a reason that goes into the log."),
    Key("control.msel", "m", "msel", "schedule",
        "Show the whole schedule of injects, with what each of them would do."),
    Key("control.write", "i", "write_inject", "write an inject",
        "Write an inject now: for the schedule, for the bank, or to fire at once."),
    Key("control.argue", "j", "argue", "judge",
        "Judge an argument: reasons for and against, odds, a throw, what follows."),
    Key("control.act", "c", "act", "act for a team",
        "Key in the move or the answer of any team that owes one."),
    Key("control.pause", "space", "pause", "pause",
        "PauseEx: stop the exercise and its clock for the whole room; again to go on.",
        "space"),
    Key("control.more", "plus", "more_time", "2 more minutes",
        "Give this phase two more minutes.", "+"),
    Key("control.time", "t", "time", "time",
        "StartEx, practice, PauseEx, EndEx, the clock and the display."),
    Key("control.guide", "G", "guide", "the guide",
        "Read what the deck says to its facilitator: agenda, guide, hot washes."),
    Key("control.stuck", "F", "stuck", "for a stall",
        "Go to the inject that is kept for the moment when play stalls."),
    Key("control.forecast", "E", "forecast", "what to expect",
        "Show what the game leads to from here, by playing it on many times."),
    Key("control.display", "d", "display", "the display",
        "Show the public display over the table; any key leads back."),
    # The public display.
    Key("display.quit", "q", "leave", "leave", "Leave the display; the game goes on."),
    # The record: the log, lines of play, checkpoints, seats.
    Key("log.sort", "", "", "narrow down",
        "Show everything, or only rulings, injects, notes, marks, one team.", "←→"),
    Key("log.find", "slash", "find", "find", "Show only what holds some words.", "/"),
    Key("log.open", "", "", "what can be done",
        "Show what can be done with the chosen entry.", "⏎"),
    Key("log.found", "", "", "to the log",
        "Go through the entries that hold the words.", "⏎"),
    Key("entry.do", "", "", "do it", "Do what is chosen.", "⏎"),
    Key("log.undo", "u", "back_here", "go back here",
        "Go back to the moment before the chosen entry, after asking."),
    Key("log.look", "v", "look_at", "look",
        "Show the table as it was after the chosen entry."),
    Key("log.why", "w", "why_here", "why",
        "Show what made the numbers that the entry changed what they are."),
    Key("look.step", "left,right", "step('{key}')", "move back or on",
        "Look at the moment before or after.", "←→", priority=True),
    Key("look.up", "t", "take_up", "take it up",
        "Go on from this moment, after asking."),
    Key("look.undo", "u", "back_here", "go back here",
        "Go back to this moment, after asking."),
    Key("branch.look", "", "", "look at it", "Show the table as that line left it.",
        "⏎"),
    Key("branch.up", "t", "take_up", "take it up",
        "Go on with that line of play, after asking."),
    Key("branch.name", "n", "name", "name it", "Give that line of play a name."),
    Key("check.judge", "1,2,3,0", "judge({key})", "met, partly, not met, open",
        "Judge how the chosen checkpoint was met, with a line if you like.", "1 2 3 0"),
    Key("check.write", "", "", "write", "Put the judgement into the log.", "⏎"),
    Key("mark.write", "", "", "mark", "Mark this moment.", "⏎"),
    Key("seats.do", "", "", "change", "Change who sits there.", "⏎"),
    # The schedule of injects, and what control writes.
    Key("msel.fire", "f", "steer('fire')", "fire", "Fire the chosen inject now."),
    Key("msel.hold", "h", "steer('hold')", "hold", "Hold the chosen inject back."),
    Key("msel.release", "h", "steer('release')", "let go",
        "Let the held inject go on."),
    Key("msel.skip", "x", "steer('skip')", "skip", "Cross the chosen inject out."),
    Key("msel.back", "x", "put_back", "put back",
        "Put the inject that was crossed out back into the schedule."),
    Key("msel.move", "b", "forward", "move",
        "Bring the chosen inject forward or put it back: to a round of your choice."),
    Key("msel.write", "i", "write_inject", "write one",
        "Write an inject now: for the schedule, for the bank, or to fire at once."),
    Key("msel.find", "slash", "find", "find",
        "Show only the injects that hold some words.", "/"),
    Key("msel.load", "a", "load", "add from CSV",
        "Add injects from a CSV file, after showing what it holds."),
    Key("msel.save", "s", "save", "save as CSV",
        "Write the schedule as a CSV file, in the columns that planners use."),
    Key("round.choose", "", "", "move it there", "Move the inject to that round.",
        "⏎"),
    Key("file.go", "", "", "go on", "Go on with this file.", "⏎"),
    Key("form.write", "f10", "write", "write it", "Do what the form says.", "F10",
        priority=True),
    Key("form.next", "tab", "", "next field", "Go on to the next field.", "tab"),
    Key("form.leave", "escape", "leave", "leave it",
        "Leave the form; what was typed is there again the next time.", "esc"),
    Key("rule.find", "slash", "find", "find",
        "Show only what holds some words.", "/"),
    # The replay.
    Key("saves.replay", "v", "replay", "replay",
        "Step through the chosen game, move by move; nothing in it is changed."),
    Key("replay.step", "left,right", "step('{key}')", "move",
        "Go to the moment before or after; hold the key to run through the game.",
        "←→", priority=True),
    Key("replay.round", "shift+left,shift+right", "round('{key}')", "round",
        "Go to where the round before or after begins.", "⇧←→"),
    Key("replay.end", "home,end", "end('{key}')", "start",
        "Go to the start of this line of play; the key 'end' goes to its end.", "home",
        priority=True),
    Key("replay.jump", "j", "jump", "jump",
        "Go to the next or the last decision, die, ruling, inject, mark, change ..."),
    Key("replay.next", "n", "again(1)", "next one",
        "Go to the next of what was last jumped to or looked for."),
    Key("replay.before", "N", "again(-1)", "one before",
        "Go to the one before of what was last jumped to or looked for."),
    Key("replay.play", "space", "play", "play",
        "Let it go on by itself, about a move a second; again to stop.", "space"),
    Key("replay.pace", "less_than_sign,greater_than_sign", "pace('{key}')",
        "slower, faster", "Let it go on slower or faster.", "< >"),
    Key("replay.lines", "b", "lines", "branches",
        "Go to the lines of play; enter shows the chosen one."),
    Key("replay.compare", "d", "compare", "compare",
        "Show another line of play beside this one; again for the next, then none."),
    Key("replay.seat", "v", "seat", "seen as",
        "Choose from whose eyes the game is seen."),
    Key("replay.curve", "c", "curve", "other curve",
        "Show another team's expectation in the chart, or another track."),
    Key("replay.why", "w", "why", "why",
        "Show what made a number what it was at this moment."),
    Key("replay.options", "s", "options", "the options",
        "Show what else the team could have done here, and what each would have done."),
    Key("replay.hands", "h", "hands", "hands", "Show the cards held at this moment."),
    Key("replay.log", "l", "log", "log",
        "Show the whole log of this line; enter goes to a moment of it."),
    Key("replay.find", "slash", "find", "find",
        "Look for words in the log; n and N go through what was found.", "/"),
    Key("replay.unfind", "escape", "leave_words", "forget the words",
        "Leave the line for words, and forget what was found.", "esc"),
    Key("replay.found", "", "", "go there", "Go to the next moment that was found.",
        "⏎"),
    Key("replay.mark", "exclamation_mark", "mark", "mark",
        "Put !! ! !? ?! ? or ?? on this moment, with words if you like.", "!"),
    Key("replay.export", "x", "export", "export",
        "Write this moment as a sheet to print, as text or as data."),
    Key("replay.leave", "q", "leave_replay", "leave", "Leave the replay."),
    Key("jump.next", "", "", "the next", "Go to the next one.", "→"),
    Key("jump.before", "", "", "the one before", "Go to the one before.", "←"),
    Key("seat.choose", "", "", "see as", "See the game from these eyes.", "⏎"),
    Key("annotate.choose", "", "", "this mark", "Take this mark, then write words.",
        "⏎"),
    Key("annotate.write", "", "", "write", "Keep the mark and the words.", "⏎"),
    Key("export.choose", "", "", "write this", "Choose where to write it.", "⏎"),
    Key("log.show", "", "", "go there", "Show the moment of the chosen entry.", "⏎"),
    # Learning from a replay: turning points, another try, one's own choice.
    Key("study.analyse", "a", "analyse", "analyse",
        "Measure by playouts where this line turned, in the background."),
    Key("study.stop", "escape", "stop_analysis", "stop, keep these",
        "Stop measuring; what was measured so far is kept.", "esc"),
    Key("study.forecast", "E", "forecast", "what to expect",
        "Show what the game leads to from this moment, by playing it on many times."),
    Key("study.next", "right_square_bracket", "turning_point(1)", "turning point",
        "Go to the next turning point.", "]"),
    Key("study.before", "left_square_bracket", "turning_point(-1)",
        "point before", "Go to the turning point before.", "["),
    Key("study.try", "t", "try_another", "try another",
        "Play on from this moment, as a team or as all of them, to see what if."),
    Key("study.guess", "y", "guess", "as you would have",
        "Sit in a team's seat: choose before you see what was chosen."),
    Key("try.start", "f10", "start", "play on", "Play on from this moment.", "F10",
        priority=True),
    Key("try.change", "", "", "change", "Change what the chosen row says.", "←→"),
    Key("try.stop", "escape", "leave", "stop here, keep it",
        "Stop the bots; the line that they have played is kept.", "esc"),
    Key("guess.choose", "", "", "choose this", "Choose the move.", "⏎"),
    Key("guess.number", "1,2,3,4,5,6,7,8,9", "number({key})", "choose",
        "Go to the move with that number.", "1-9"),
    Key("guess.on", "enter,space", "go_on", "go on", "Go on to the next decision.",
        "⏎"),
    Key("guess.skip", "k", "skip", "skip", "Leave this decision out."),
    Key("guess.back", "b", "before", "one back", "Go back to the decision before."),
    Key("guess.brief", "i", "brief", "briefing", "Read the team's briefing."),
    Key("guess.log", "l", "log", "log", "Show what had happened until then."),
    Key("guess.end", "e", "summary", "summary", "Stop here and see the summary."),
    Key("guess.save", "s", "save", "save it",
        "Write the summary as a file: text or a page."),
    # Dialogs.
    Key("ask.number", "", "", "choose", "Choose the answer with that number.", "1-9"),
    Key("ask.answer", "", "", "answer",
        "Choose the answer; say why, if you like; press it again to give it.", "⏎"),
    Key("ask.more", "", "", "read on", "Read what does not fit.", "PgDn"),
    Key("ask.table", "escape", "leave", "see the table",
        "Go back to the table; the question waits.", "esc"),
    Key("tour.next", "enter,space,right", "next", "next", "Go on to the next step.",
        "⏎"),
    Key("tour.before", "left", "before", "before", "Go back a step.", "←"),
    Key("tour.skip", "escape", "leave", "skip the tour",
        "Skip the rest; it can be seen again.", "esc"),
    Key("dice.on", "", "", "go on", "Go on.", "any key"),
    Key("undo.do", "u", "confirm", "undo", "Take it back."),
    Key("undo.anew", "space", "anew", "deal anew",
        "Draw later cards and dice from a new seed, or from the same one again."),
    Key("undo.name", "tab", "name", "name it",
        "Name the line of play that is taken back, so that it can be found."),
    Key("undo.keep", "escape", "leave", "keep everything", "Change nothing.", "esc"),
    Key("rule.next", "", "", "go on",
        "Go on to the value, to the reason, and then rule.", "⏎"),
    Key("moves.make", "", "", "make it", "Make the chosen move.", "⏎"),
    Key("note.write", "", "", "write", "Put the line into the log.", "⏎"),
    Key("act.do", "", "", "make it",
        "Choose the move; say why, if you like; press it again to make it.", "⏎"),
    Key("time.do", "", "", "do it", "Do what is chosen.", "⏎"),
    Key("time.set", "", "", "set it", "Set what is left to what is typed.", "⏎"),
    Key("go.home", "enter", "home", "home", "Go back to the first screen.", "⏎"),
    Key("go.quit", "q", "app.quit", "quit", "Leave the program."),
    Key("curtain.open", "enter,space", "confirm", "open", "Show this seat's view.",
        "⏎"),
    Key("end.replay", "v", "replay", "replay",
        "Step through the game, move by move, to see where it turned."),
    Key("end.log", "l", "log", "log", "Show everything that happened."),
    Key("end.home", "q", "home", "home", "Go back to the first screen."),
    Key("end.table", "escape", "leave", "look at the table",
        "Look at the table as it was left.", "esc"),
)  # fmt: skip

KEYS = {key.id: key for key in _TABLE}
"""Every key by its id."""


def bindings(*ids: str) -> list[BindingType]:
    """The named keys as a screen's `BINDINGS`, without those a widget takes."""
    keys = [KEYS[key_id] for key_id in ids]
    return [found for key in keys if key.action for found in key.bindings()]


def key_of(binding_id: str | None) -> Key | None:
    """The key that a binding was made from."""
    if binding_id is None:
        return None
    return KEYS.get(binding_id) or KEYS.get(binding_id.rpartition(".")[0])
