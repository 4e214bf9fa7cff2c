"""Where wishes about reminders are granted: words and presses in, what came of them out.

Each call reads or changes the database and may raise StoreError, with nothing changed then. What
is asked of a person is kept in the database or in the buttons, so that a restart loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.reminders.asides import Aside, Said
from bot.reminders.dates import Until
from bot.reminders.days import WEEK, Days
from bot.reminders.outcomes import (
    Asked,
    AskedZone,
    Coming,
    Confirmed,
    Draft,
    Gone,
    Listed,
    Log,
    Month,
    Opened,
    Outcome,
    Paused,
    PauseRefused,
    Reacted,
    Refused,
    Resumed,
    Snoozed,
    Stopped,
    Which,
)
from bot.reminders.reminder import VARIED, WENT, Occurrence, Reaction, Reminder, Schedule, State
from bot.reminders.schedule import Ringing, upcoming, zone
from bot.reminders.streaks import Streak, streak
from bot.reminders.subscriptions import Chat, Subscriptions, TooClose, TooMany
from bot.reminders.whereabouts import Whereabout
from bot.reminders.wording import Action, ReminderWish

EVENING = time(19)  # on the local clock, for "this evening"
LATE_EVENING = timedelta(hours=1)  # ... and how long to wait when that is over
LOGGED = timedelta(days=14)
PENDING = timedelta(hours=12)  # how long a wish waits for what it lacks
STILL_FRESH = timedelta(hours=18)  # a reminder that "done" may mean without naming it


class Desk:
    """Grants wishes of one chat at a time, by the rules of Subscriptions."""

    def __init__(self, subscriptions: Subscriptions) -> None:
        self._subscriptions = subscriptions

    def wish(
        self, chat: int, wish: ReminderWish, plan: str | None, until: Until, now: datetime
    ) -> Outcome:
        """Grants what was said; `until` is when a pause is to end, as far as that was said.

        ValueError for what is not to be had: Action.UNSUPPORTED, Action.INVALID.
        """
        draft = Draft(wish.time, wish.days, plan)
        reminders = self._subscriptions.of(chat)
        goes_on = wish.action is Action.CHANGE and not reminders and draft != Draft()
        match wish.action:
            case Action.UNSUPPORTED | Action.INVALID:
                raise ValueError(f"no wish to grant: {wish.action}")
            case Action.SET | Action.CHANGE if wish.action is Action.SET or goes_on:
                return self._set(chat, self._completed(chat, draft, now), wish.timezone, now)
            case Action.LIST:
                return self.listed(chat)
            case Action.CHANGE if wish.timezone and draft == Draft():
                return self.move(chat, wish.timezone, now)
            case _ if not reminders:
                return Gone()
            case Action.PAUSE if until.fault:
                return PauseRefused(until.fault)
        draft = replace(draft, zone=wish.timezone)
        chosen = _meant(reminders, draft, wish.action)
        if len(chosen) != 1:
            return Which(wish.action, chosen or reminders, draft, until.day)
        if wish.action is Action.CHANGE:
            named = len(reminders) > 1 and draft.days == chosen[0].schedule.days
            change = replace(draft, days=None) if named else draft
            return self._changed(chat, chosen[0], change, now)
        return self._acted(chat, wish.action, chosen[0].id, until.day, now)

    def draft(self, chat: int, draft: Draft, now: datetime) -> Outcome:
        """Goes on with a reminder that is set by buttons: asks for what it lacks, or sets it."""
        if draft.at is None or draft.days is None or draft.plan is None:
            return Asked(draft)
        return self._set(chat, draft, None, now)

    def take(self, chat: int, schedule: Schedule, plan: str, now: datetime) -> Outcome:
        """Sets a reminder of which all is known."""
        return self._told(chat, self._subscriptions.add(chat, schedule, plan, now), new=True)

    def place(self, chat: int, where: Whereabout, now: datetime) -> Outcome | None:
        """Takes `where` for the answer to "which city?"; None where nothing was asked."""
        pending = _pending(self._subscriptions.chat(chat), now)
        if pending is None or pending.at is None:
            return None
        if where.zone is None:
            return AskedZone(pending, where.like, where.fault)
        return self._set(chat, pending, where.zone, now)

    def move(self, chat: int, name: str, now: datetime) -> Outcome:
        """Puts the chat into the zone `name`: what waits for it, and all its reminders."""
        pending = _pending(self._subscriptions.chat(chat), now)
        if pending is not None:
            return self._set(chat, pending, name, now)
        reminders = self._subscriptions.of(chat)
        if not reminders:
            return Gone()
        if len(reminders) == 1:
            return self._changed(chat, reminders[0], Draft(zone=name), now)
        return self._moved(chat, reminders, name, now) or self.listed(chat)

    def listed(self, chat: int) -> Outcome:
        reminders = self._subscriptions.of(chat)
        return Listed(reminders, self._subscriptions.chat(chat).flag) if reminders else Gone()

    def opened(self, chat: int, id: int, asks: str | None = None) -> Outcome:
        """One reminder; `asks` names what of it is to be chosen anew."""
        found = self._find(chat, id)
        return Opened(found, asks) if found else self._gone(chat)

    def change(self, chat: int, id: int, draft: Draft, now: datetime) -> Outcome:
        """Changes of a reminder what `draft` tells."""
        found = self._find(chat, id)
        return self._changed(chat, found, draft, now) if found else self._gone(chat)

    def act(
        self, chat: int, action: Action, id: int | None, until: date | None, now: datetime
    ) -> Outcome:
        """Pauses, resumes or stops one reminder, or all of them."""
        return self._acted(chat, action, id, until, now)

    def pause_for(self, chat: int, id: int, days: int, now: datetime) -> Outcome:
        """Pauses for so many days, today's the first of them."""
        found = self._find(chat, id)
        if found is None:
            return self._gone(chat)
        until = _today(found, now) + timedelta(days=days)
        return self._acted(chat, Action.PAUSE, id, until, now)

    def coming(self, chat: int, now: datetime) -> Outcome:
        """The coming week of all the chat's reminders."""
        reminders = self._subscriptions.of(chat)
        if not reminders:
            return Gone()
        kept = self._subscriptions.chat(chat)
        sent = self._subscriptions.sent(chat)
        ringings = [
            (reminder, ringing, sent[reminder.id] + ahead)
            for reminder in reminders
            for ahead, ringing in enumerate(_ahead(reminder, now))
        ]
        ringings.sort(key=lambda one: one[1].at)
        return Coming(tuple(ringings), kept.conditions, kept.flag)

    def log(self, chat: int, now: datetime) -> Outcome:
        zones = {reminder.id: reminder.schedule.zone for reminder in self._subscriptions.of(chat)}
        found = self._subscriptions.occurrences(chat, now - LOGGED)
        return Log(tuple((one, zones.get(one.reminder, "UTC")) for one in found))

    def month(self, chat: int, now: datetime) -> Outcome:
        reminders = self._subscriptions.of(chat)
        if not reminders:
            return Gone()
        today = _today(reminders[0], now)
        done, sent = self._days(reminders)
        return Month(streak(done, sent, today), done, sent, today)

    def react(self, chat: int, id: int, reaction: Reaction | None, now: datetime) -> Outcome:
        """Done, skipped, or None for neither after all."""
        found = self._subscriptions.occurrence(chat, id)
        if found is None:
            return self._gone(chat)
        self._subscriptions.react(found, reaction)
        return Reacted(found, reaction, self._streak(chat, now))

    def aside(self, chat: int, said: Said, now: datetime, message: int | None) -> Outcome | None:
        """Grants what was said to what came as `message`, or else to the last that came.

        None where nothing came lately.
        """
        came = self._came(chat, now, message)
        if came is None:
            return None
        match said.aside:
            case Aside.DONE:
                return self.react(chat, came.id, Reaction.DONE, now)
            case Aside.SKIP:
                return self.react(chat, came.id, Reaction.SKIPPED, now)
            case Aside.LATER:
                return self.snooze(chat, came.id, said.minutes, now)

    def _came(self, chat: int, now: datetime, message: int | None) -> Occurrence | None:
        """What came as `message`, or else the last; it may have come and not be recorded yet."""
        named = self._subscriptions.sent_as(chat, message) if message is not None else None
        states = (State.CLAIMED,) if message is not None else (State.CLAIMED, *WENT)
        recent = self._subscriptions.occurrences(chat, now - STILL_FRESH)
        return named or next((one for one in recent if one.state in states), None)

    def snooze(self, chat: int, id: int, minutes: int | None, now: datetime) -> Outcome:
        """Sends an occurrence once more in so many minutes; None: this evening."""
        found = self._subscriptions.occurrence(chat, id)
        reminder = self._find(chat, found.reminder) if found else None
        if found is None or reminder is None:
            return self._gone(chat)
        wall = reminder.schedule.zone
        at = now + timedelta(minutes=minutes) if minutes else _evening(wall, now)
        taken = self._subscriptions.snooze(found, at)
        return Snoozed(at if taken else None, wall)

    def _completed(self, chat: int, draft: Draft, now: datetime) -> Draft:
        """`draft` with what was said before, where that lacked a time."""
        before = _pending(self._subscriptions.chat(chat), now)
        if before is None or before.at is not None:
            return draft
        return Draft(draft.at, draft.days or before.days, draft.plan or before.plan)

    def _set(self, chat: int, draft: Draft, named: str | None, now: datetime) -> Outcome:
        """Sets the reminder if nothing lacks; a draft without days means every day."""
        if named is not None:
            self._subscriptions.place(chat, named)
        name = named or self._subscriptions.chat(chat).zone
        if draft.at is None or name is None:
            self._subscriptions.wait_for(chat, _kept(draft), now)
            return Asked(draft) if draft.at is None else AskedZone(draft)
        schedule = Schedule(draft.at, draft.days or WEEK, name)
        made = self._subscriptions.add(chat, schedule, draft.plan or VARIED, now)
        return self._told(chat, made, new=True)

    def _changed(self, chat: int, reminder: Reminder, draft: Draft, now: datetime) -> Outcome:
        old = reminder.schedule
        if draft == Draft():
            return Opened(reminder)
        schedule = replace(
            old, at=draft.at or old.at, days=draft.days or old.days, zone=draft.zone or old.zone
        )
        changed = schedule if schedule != old or reminder.paused else None
        made = self._subscriptions.change(chat, reminder.id, now, schedule=changed, plan=draft.plan)
        return self._told(chat, made, new=False) if made else self._gone(chat)

    def _moved(
        self, chat: int, reminders: tuple[Reminder, ...], name: str, now: datetime
    ) -> Refused | None:
        """Puts all into the zone `name`, each once none is in its way; what is refused."""
        refused: Refused | None = None
        before = 0
        while reminders and len(reminders) != before:
            before = len(reminders)
            told = [(r, self._changed(chat, r, Draft(zone=name), now)) for r in reminders]
            reminders = tuple(r for r, outcome in told if isinstance(outcome, Refused))
            refused = next((o for _, o in told if isinstance(o, Refused)), None)
        return refused

    def _told(self, chat: int, made: Reminder | TooMany | TooClose, *, new: bool) -> Outcome:
        match made:
            case TooMany():
                return Refused()
            case TooClose(other):
                return Refused(other)
            case Reminder():
                return Confirmed(made, new, self._subscriptions.chat(chat).conditions)

    def _acted(
        self, chat: int, action: Action, id: int | None, until: date | None, now: datetime
    ) -> Outcome:
        store = self._subscriptions
        match action:
            case Action.PAUSE:
                paused = store.pause(chat, now, id=id, until=until)
                return Paused(paused) if paused else self._gone(chat)
            case Action.RESUME:
                resumed = store.resume(chat, now, id)
                return Resumed(resumed) if resumed else self.listed(chat)
            case _:
                stopped = store.delete(chat, id)
                left = len(store.of(chat))
                return Stopped(stopped, left) if stopped else Gone(left)

    def _gone(self, chat: int) -> Gone:
        return Gone(len(self._subscriptions.of(chat)))

    def _find(self, chat: int, id: int) -> Reminder | None:
        return next((r for r in self._subscriptions.of(chat) if r.id == id), None)

    def _streak(self, chat: int, now: datetime) -> Streak:
        reminders = self._subscriptions.of(chat)
        done, sent = self._days(reminders)
        return streak(done, sent, _today(reminders[0], now))

    def _days(self, reminders: Iterable[Reminder]) -> tuple[frozenset[date], frozenset[date]]:
        """The dates on which any of them was done, and was sent."""
        pairs = [self._subscriptions.days(reminder.id) for reminder in reminders]
        done = frozenset(day for pair in pairs for day in pair[0])
        return done, frozenset(day for pair in pairs for day in pair[1])


def _meant(reminders: tuple[Reminder, ...], draft: Draft, action: Action) -> tuple[Reminder, ...]:
    """The reminders that a wish may mean: those that it describes, or else all of them.

    What a change names is how it is to be, so it describes none, but for the days of one of several
    beside a time: "make the Saturday one 11". A stop that describes none of them means none for
    sure: it cannot be taken back.
    """
    if action is Action.CHANGE:
        on_days = tuple(r for r in reminders if draft.at and r.schedule.days == draft.days)
        return on_days if len(on_days) == 1 else reminders
    if action is Action.RESUME:
        reminders = tuple(r for r in reminders if r.paused) or reminders
    described = tuple(
        r
        for r in reminders
        if draft.at in (None, r.schedule.at)
        and draft.days in (None, r.schedule.days)
        and draft.plan in (None, r.plan)
    )
    return described or (() if action is Action.STOP else reminders)


def _today(reminder: Reminder, now: datetime) -> date:
    return now.astimezone(zone(reminder.schedule.zone)).date()


def _ahead(reminder: Reminder, now: datetime) -> tuple[Ringing, ...]:
    """The coming week of a reminder, as far as it is not paused."""
    if reminder.next_due_at is None:
        return ()
    ringings = upcoming(reminder.schedule, now)
    return tuple(ringing for ringing in ringings if ringing.at >= reminder.next_due_at)


def _evening(wall: str, now: datetime) -> datetime:
    here = now.astimezone(zone(wall))
    evening = datetime.combine(here.date(), EVENING, here.tzinfo)
    return evening if evening - here > LATE_EVENING else now + LATE_EVENING


def _kept(draft: Draft) -> dict[str, Any]:
    at = draft.at and f"{draft.at:%H:%M}"
    return {"at": at, "days": draft.days, "plan": draft.plan}


def _pending(chat: Chat, now: datetime) -> Draft | None:
    """The wish that waits for its time or zone, if it is not too old."""
    if chat.pending is None or chat.pending_at is None or now - chat.pending_at > PENDING:
        return None
    days: Days | None = tuple(chat.pending["days"]) if chat.pending["days"] else None
    at = chat.pending["at"]
    return Draft(time.fromisoformat(at) if at else None, days, chat.pending["plan"])
