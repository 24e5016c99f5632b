"""Cloud recordings and their files."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from .answers import Refused
from .clock import Clock
from .media import CHAT, TIMELINE, TRANSCRIPT, Content, audio, text, video
from .people import User
from .registration import Registration

VIDEO_SIZE = 3_000_000
KINDS = ("MP4", "M4A", "TRANSCRIPT", "CHAT", "TIMELINE", "CC")
_WITHOUT_DETAILS = ("CC", "TIMELINE")
"""Zoom gives the rows of these files no id, status, size, type or play link."""
_TRASH_LIFE = timedelta(days=30)
_NEW_SETTINGS = {
    "approval_type": 2,
    "on_demand": False,
    "recording_authentication": False,
    "send_email_to_host": False,
    "share_recording": "publicly",
    "show_social_share_buttons": False,
    "viewer_download": True,
    "auto_delete": False,
}


@dataclass(eq=False)
class RecordingFile:
    """One file of a recording."""

    key: str
    """The last part of its download link."""
    type: str
    extension: str
    recording_type: str
    content: Content
    processing: bool = False
    """Zoom is still working on this one."""
    refused: bool = False
    """Zoom offers it, and hands over a page instead."""
    trashed: datetime | None = None
    deleted: bool = False

    @property
    def id(self) -> str:
        return f"file-{self.key}"

    @property
    def detailed(self) -> bool:
        return self.type not in _WITHOUT_DETAILS

    @property
    def is_there(self) -> bool:
        return self.trashed is None and not self.deleted


@dataclass(frozen=True)
class Look:
    """Somebody watched a recording, or took a copy."""

    at: datetime
    name: str
    email: str
    seconds: int = 0
    """How long it was watched."""
    download: bool = False


@dataclass(eq=False)
class Recording:
    """What was recorded of one time that a meeting was held."""

    uuid: str
    meeting_id: int
    host: User
    topic: str
    start: datetime
    duration: int
    files: list[RecordingFile]
    meeting_type: int = 2
    processing: bool = False
    """Zoom is still working on all of it."""
    trashed: datetime | None = None
    deleted: bool = False
    file_ends: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.file_ends = self.start + timedelta(minutes=self.duration)

    @property
    def transcript(self) -> RecordingFile | None:
        return next((file for file in self.files if file.type == "TRANSCRIPT" and not file.deleted), None)

    @cached_property
    def settings(self) -> dict[str, Any]:
        return {**_NEW_SETTINGS, "topic": self.topic}

    @cached_property
    def registration(self) -> Registration:
        return Registration()

    @cached_property
    def looks(self) -> list[Look]:
        """Who watched or downloaded it; a test may add to it."""
        return []


class Recordings:
    """Every recording of every account. The caller holds the world's lock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._all: list[Recording] = []
        self._named: defaultdict[str, list[Recording]] = defaultdict(list)
        self._of: defaultdict[str, list[Recording]] = defaultdict(list)
        self._files: dict[str, tuple[Recording, RecordingFile]] = {}

    def __iter__(self) -> Iterator[Recording]:
        return iter(self._all)

    def add(
        self,
        host: User,
        *,
        uuid: str,
        meeting_id: int,
        topic: str,
        start: datetime,
        duration: int = 30,
        size: int = VIDEO_SIZE,
        kinds: Collection[str] = KINDS,
    ) -> Recording:
        """Add a recording with one file of each kind; `size` is the size of the video."""
        recording = Recording(uuid, meeting_id, host, topic, start, duration, list(_files(uuid, size, kinds)))
        self._all.append(recording)
        self._of[host.id].append(recording)
        for name in (uuid, str(meeting_id)):
            self._named[name].append(recording)
        self._files.update({file.key: (recording, file) for file in recording.files})
        return recording

    def find(self, reference: str, *, trashed: bool = False) -> Recording:
        """Find a recording by UUID, or the latest of a meeting by number; with `trashed` in the trash as well.

        Raises:
            Refused: there is none.
        """
        fitting = [
            recording
            for recording in self._named.get(reference, ())
            if not self._is_gone(recording) and (trashed or recording.trashed is None)
        ]
        if not fitting:
            raise Refused(404, 3301, "There is no recording for this meeting.")
        return max(fitting, key=lambda recording: recording.start)

    def of(self, host: User) -> list[Recording]:
        """List a host's recordings."""
        return [recording for recording in self._of[host.id] if not recording.deleted and recording.trashed is None]

    def trash_of(self, host: User, *, single_files: bool) -> list[Recording]:
        """List what a host has in the trash: whole recordings, or those of which single files are."""
        return [
            recording
            for recording in self._of[host.id]
            if not self._is_gone(recording)
            and (
                any(self.in_trash(file) for file in recording.files) if single_files else recording.trashed is not None
            )
        ]

    def file(self, key: str) -> tuple[Recording, RecordingFile] | None:
        """Find a file by the last part of its link."""
        recording, file = self._files.get(key, (None, None))
        if recording is None or file is None or recording.deleted or file.deleted:
            return None
        return recording, file

    def in_trash(self, thing: Recording | RecordingFile) -> bool:
        """Tell whether something can be recovered: it is in the trash, not yet for thirty days."""
        return thing.trashed is not None and not thing.deleted and self._clock.now() - thing.trashed < _TRASH_LIFE

    def remove(self, thing: Recording | RecordingFile, *, for_good: bool) -> None:
        """Move a recording or a file to the trash, or delete it."""
        thing.deleted = for_good
        thing.trashed = thing.trashed or self._clock.now()

    def _is_gone(self, recording: Recording) -> bool:
        return recording.deleted or (recording.trashed is not None and not self.in_trash(recording))


def _files(uuid: str, size: int, kinds: Collection[str]) -> Iterator[RecordingFile]:
    seed = hashlib.sha256(uuid.encode()).hexdigest()[:12]
    contents = {
        "MP4": ("MP4", "shared_screen_with_speaker_view", video(f"{seed} video", size)),
        "M4A": ("M4A", "audio_only", audio(f"{seed} audio", max(size // 10, 32))),
        "TRANSCRIPT": ("VTT", "audio_transcript", text(f"{seed} vtt", TRANSCRIPT, "text/vtt")),
        "CHAT": ("TXT", "chat_file", text(f"{seed} chat", CHAT, "text/plain")),
        "TIMELINE": ("JSON", "timeline", text(f"{seed} time", TIMELINE, "application/json")),
        "CC": ("VTT", "closed_caption", text(f"{seed} cc", TRANSCRIPT, "text/vtt")),
    }
    for kind in kinds:
        yield RecordingFile(f"{seed}-{kind.lower()}", kind, *contents[kind])
