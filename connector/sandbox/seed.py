"""The world that a local Zoom starts with. Everything in it is made up and the same every time.

| who | |
| --- | --- |
| `admin@example.com` | admin of the account, licensed |
| `host@example.com`, `colleague@example.com` | licensed |
| `basic@example.com` | without a licence |

| app | client id / secret | scopes |
| --- | --- | --- |
| user-managed | `sandbox-client` / `sandbox-secret` | classic |
| user-managed | `sandbox-granular-client` / `sandbox-granular-secret` | the granular equivalents |
| admin-managed | `sandbox-admin-client` / `sandbox-admin-secret` | classic, account level |
| server-to-server | `sandbox-server-client` / `sandbox-server-secret` | granular, account level |

`host@example.com` has held two meetings that were recorded, one yesterday and one 40 days ago; the UUID of the
latter must be encoded twice.
"""

from datetime import timedelta

from .people import Account, App, AppKind, Role, User
from .recordings import VIDEO_SIZE, Recording
from .world import World

ACCOUNT_ID = "sandboxAccount00000001"
CLIENT_ID = "sandbox-client"
CLIENT_SECRET = "sandbox-secret"  # noqa: S105 - opens nothing but the local Zoom
HOST = "host@example.com"
ADMIN = "admin@example.com"
COLLEAGUE = "colleague@example.com"
BASIC = "basic@example.com"
RECORDED_UUID = "sandboxRecording000001=="
DOUBLE_ENCODED_UUID = "/sandbox//Recording02A=="

CLASSIC = frozenset({"meeting:write", "recording:read", "user_info:read"})
GRANULAR = frozenset(
    {
        "user:read:user",
        "meeting:write:meeting",
        "meeting:read:meeting",
        "meeting:read:list_meetings",
        "meeting:read:list_upcoming_meetings",
        "meeting:read:invitation",
        "meeting:read:past_meeting",
        "meeting:update:meeting",
        "meeting:update:status",
        "meeting:delete:meeting",
        "cloud_recording:read:list_user_recordings",
        "cloud_recording:read:list_recording_files",
        "cloud_recording:read:meeting_transcript",
    }
)
REDIRECTS = (
    "http://127.0.0.1/callback",
    "http://127.0.0.1/oauth/callback",
    "https://platform.example.com/oauth/callback",
)


def plant(world: World) -> None:
    """Fill an empty world."""
    account = world.people.add_account(Account(ACCOUNT_ID, paid=world.plan != "free"))
    admin = world.people.add_user(User("sandboxUserAdmin000001", ADMIN, account, Role.ADMIN, pmi=5550000001))
    host = world.people.add_user(User("sandboxUserHost0000002", HOST, account, pmi=5550000002))
    world.people.add_user(User("sandboxUserColleague03", COLLEAGUE, account, pmi=5550000003))
    world.people.add_user(User("sandboxUserBasic000004", BASIC, account, licensed=False, pmi=5550000004))
    for app in (
        App(CLIENT_ID, CLIENT_SECRET, "Sandbox automation", account, CLASSIC, REDIRECTS),
        App("sandbox-granular-client", "sandbox-granular-secret", "Sandbox granular", account, GRANULAR, REDIRECTS),
        App(
            "sandbox-admin-client",
            "sandbox-admin-secret",
            "Sandbox admin",
            account,
            frozenset({"meeting:write:admin", "recording:read:admin", "user:read:admin"}),
            REDIRECTS,
            AppKind.ADMIN_MANAGED,
        ),
        App(
            "sandbox-server-client",
            "sandbox-server-secret",
            "Sandbox server",
            account,
            frozenset({f"{scope}:admin" for scope in GRANULAR} | {"user:read:list_users:admin"}),
            kind=AppKind.SERVER_TO_SERVER,
            owner=admin,
        ),
    ):
        world.people.add_app(app)
    hold(world, host, "Weekly review", days_ago=1, uuid=RECORDED_UUID)
    hold(world, host, "Project kick-off", days_ago=40, uuid=DOUBLE_ENCODED_UUID)


def hold(world: World, host: User, topic: str, *, days_ago: float, uuid: str, size: int = VIDEO_SIZE) -> Recording:
    """Let a meeting have been held and recorded."""
    start = (world.clock.now() - timedelta(days=days_ago)).replace(microsecond=0)
    meeting = world.meetings.add_held(host, topic, start, uuid)
    return world.recordings.add(host, uuid=uuid, meeting_id=meeting.id, topic=topic, start=start, size=size)
