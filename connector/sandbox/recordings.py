"""Cloud recordings and their files."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .answers import Refused
from .clock import Clock
from .media import CHAT, TIMELINE, TRANSCRIPT, Content, audio, text, video
from .people import User

VIDEO_SIZE = 3_000_000
_WITHOUT_DETAILS = ("CC", "TIMELINE")
"""Zoom gives the rows of these files no id, status, size, type or play link."""


@dataclass(eq=False)
class RecordingFile:
    """One file of a recording."""

    key: str
    """The last part of its download link."""
    type: str
    extension: str
    recording_type: str
    content: Content

    @property
    def detailed(self) -> bool:
        return self.type not in _WITHOUT_DETAILS


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
    trashed: datetime | None = None
    deleted: bool = False
    file_ends: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.file_ends = self.start + timedelta(minutes=self.duration)

    @property
    def transcript(self) -> RecordingFile | None:
        return next((file for file in self.files if file.type == "TRANSCRIPT"), None)


class Recordings:
    """Every recording of every account. The caller holds the world's lock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._all: list[Recording] = []

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
        processing: bool = False,
    ) -> Recording:
        """Add a recording with one file of every kind; `size` is the size of the video."""
        seed = hashlib.sha256(uuid.encode()).hexdigest()[:12]
        files = [
            RecordingFile(f"{seed}-{kind.lower()}", kind, extension, recording_type, content)
            for kind, extension, recording_type, content in (
                ("MP4", "MP4", "shared_screen_with_speaker_view", video(f"{seed} video", size)),
                ("M4A", "M4A", "audio_only", audio(f"{seed} audio", max(size // 10, 32))),
                ("TRANSCRIPT", "VTT", "audio_transcript", text(f"{seed} vtt", TRANSCRIPT, "text/vtt")),
                ("CHAT", "TXT", "chat_file", text(f"{seed} chat", CHAT, "text/plain")),
                ("TIMELINE", "JSON", "timeline", text(f"{seed} time", TIMELINE, "application/json")),
                ("CC", "VTT", "closed_caption", text(f"{seed} cc", TRANSCRIPT, "text/vtt")),
            )
        ]
        recording = Recording(uuid, meeting_id, host, topic, start, duration, files, processing=processing)
        self._all.append(recording)
        return recording

    def find(self, reference: str, *, trashed: bool = False) -> Recording:
        """Find a recording by UUID, or the latest of a meeting by number; with `trashed` in the trash as well.

        Raises:
            Refused: there is none.
        """
        fitting = [
            recording
            for recording in self._all
            if reference in (recording.uuid, str(recording.meeting_id))
            and not recording.deleted
            and (trashed or recording.trashed is None)
        ]
        if not fitting:
            raise Refused(404, 3301, "There is no recording for this meeting.")
        return max(fitting, key=lambda recording: recording.start)

    def of(self, host: User, *, trashed: bool) -> list[Recording]:
        """List a host's recordings, or those in the trash."""
        return [
            recording
            for recording in self._all
            if recording.host is host and not recording.deleted and (recording.trashed is not None) is trashed
        ]

    def file(self, key: str) -> tuple[Recording, RecordingFile] | None:
        """Find a file by the last part of its link."""
        for recording in self._all:
            for file in recording.files:
                if file.key == key and not recording.deleted:
                    return recording, file
        return None

    def remove(self, recording: Recording, *, for_good: bool) -> None:
        """Move a recording to the trash, or delete it."""
        recording.deleted = for_good
        recording.trashed = recording.trashed or self._clock.now()
