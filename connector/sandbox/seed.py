"""The world that a local Zoom starts with. Everything in it is made up and the same every time.

| who | |
| --- | --- |
| `admin@example.com` | admin of the account, licensed |
| `host@example.com`, `colleague@example.com` | licensed |
| `basic@example.com` | without a licence |

| app | client id / secret | scopes |
| --- | --- | --- |
| user-managed | `sandbox-client` / `sandbox-secret` | classic, the three that are required |
| user-managed | `sandbox-granular-client` / `sandbox-granular-secret` | the granular equivalents |
| user-managed | `sandbox-full-client` / `sandbox-full-secret` | classic, all that a user can give |
| admin-managed | `sandbox-admin-client` / `sandbox-admin-secret` | classic, account level |
| server-to-server | `sandbox-server-client` / `sandbox-server-secret` | granular, account level |

`host@example.com` has held two meetings that were recorded, one yesterday and one 40 days ago; the UUID of the
latter must be encoded twice. In yesterday's somebody left and came back and somebody was from outside; it had a poll,
a question and a summary. The account has a group, two tracking fields (one of them required) and the domain
`example.com`, which it manages.
"""

from collections.abc import Collection
from datetime import timedelta

from . import people
from .attendance import Visit
from .meeting import Instance
from .people import Account, App, AppKind, Role, User
from .recordings import KINDS, VIDEO_SIZE, Recording
from .seed_family import REVIEWERS, furnish
from .seed_scopes import ADMIN_CLASSIC, ADMIN_GRANULAR, FULL_USER_CLASSIC, USER_CLASSIC, USER_GRANULAR
from .world import World

ACCOUNT_ID = "sandboxAccount00000001"
CLIENT_ID = "sandbox-client"
CLIENT_SECRET = "sandbox-secret"  # noqa: S105 - opens nothing but the local Zoom
WEBHOOK_SECRET = people.WEBHOOK_SECRET
HOST = "host@example.com"
HOST_ID = "sandboxUserHost0000002"
ADMIN = "admin@example.com"
COLLEAGUE = "colleague@example.com"
BASIC = "basic@example.com"
RECORDED_UUID = "sandboxRecording000001=="
DOUBLE_ENCODED_UUID = "/sandbox//Recording02A=="

REDIRECTS = (
    "http://127.0.0.1/callback",
    "http://127.0.0.1/oauth/callback",
    "https://platform.example.com/oauth/callback",
)


def plant(world: World) -> None:
    """Fill an empty world."""
    account = world.people.add_account(Account(ACCOUNT_ID, paid=world.plan != "free"))
    admin = world.people.add_user(User("sandboxUserAdmin000001", ADMIN, account, Role.ADMIN, pmi=5550000001))
    host = world.people.add_user(User(HOST_ID, HOST, account, pmi=5550000002))
    world.people.add_user(User("sandboxUserColleague03", COLLEAGUE, account, pmi=5550000003))
    world.people.add_user(User("sandboxUserBasic000004", BASIC, account, licensed=False, pmi=5550000004))
    for app in (
        App(CLIENT_ID, CLIENT_SECRET, "Sandbox automation", account, USER_CLASSIC, REDIRECTS),
        App(
            "sandbox-granular-client", "sandbox-granular-secret", "Sandbox granular", account, USER_GRANULAR, REDIRECTS
        ),
        App("sandbox-full-client", "sandbox-full-secret", "Sandbox full", account, FULL_USER_CLASSIC, REDIRECTS),
        App(
            "sandbox-admin-client",
            "sandbox-admin-secret",
            "Sandbox admin",
            account,
            ADMIN_CLASSIC,
            REDIRECTS,
            AppKind.ADMIN_MANAGED,
        ),
        App(
            "sandbox-server-client",
            "sandbox-server-secret",
            "Sandbox server",
            account,
            ADMIN_GRANULAR,
            kind=AppKind.SERVER_TO_SERVER,
            owner=admin,
        ),
    ):
        world.people.add_app(app)
    hold(world, host, "Weekly review", days_ago=1, uuid=RECORDED_UUID, guests=REVIEWERS)
    hold(world, host, "Project kick-off", days_ago=40, uuid=DOUBLE_ENCODED_UUID)
    furnish(world, account, host)


def hold(
    world: World,
    host: User,
    topic: str,
    *,
    days_ago: float,
    uuid: str,
    size: int = VIDEO_SIZE,
    kinds: Collection[str] = KINDS,
    guests: Collection[Visit] = (Visit("Guest"),),
) -> Recording:
    """Let a meeting have been held and recorded."""
    start = (world.clock.now() - timedelta(days=days_ago)).replace(microsecond=0)
    meeting = world.meetings.add_held(host, topic, start, uuid)
    instance = Instance(uuid, start, start + timedelta(minutes=meeting.duration))
    world.meetings.hold(meeting, instance, guests, world.people)
    return world.recordings.add(
        host, uuid=uuid, meeting_id=meeting.id, topic=topic, start=start, size=size, kinds=kinds
    )
