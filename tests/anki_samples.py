"""A small bank with a card of each kind, as an author would write it, and its media."""

import base64
from fractions import Fraction

from quizgen.model import (
    Bank,
    Card,
    Choice,
    Citation,
    Cloze,
    Criterion,
    Document,
    Entry,
    Gap,
    Image,
    Match,
    Number,
    Open,
    Option,
    Order,
    Pair,
    Passage,
    Tolerance,
    TrueFalse,
)

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
MP3 = b"ID3\x03\x00\x00\x00\x00\x00\x00"


def named(text: str, **more: object) -> Option:
    """An option whose text is its name, as the reader makes it."""
    return Option(id=text.casefold(), text=text, **more)  # type: ignore[arg-type]


def cited(*paragraphs: int) -> Citation:
    """Where it stands in the reader."""
    return Citation(document="reader", paragraphs=paragraphs)


WATER, LAKES = "The water cycle", "Lakes"

LAKE = Choice(
    id="most-fresh-water",
    topic=LAKES,
    stem="Which lake holds more liquid fresh water than any other?",
    options=(
        named("Lake Baikal"),
        named("Lake Victoria"),
        named("Lake Superior", why="It is the widest of the four but far less deep."),
        named("Lake Tanganyika"),
    ),
    keys=("lake baikal",),
    explain="Baikal is up to 1,642 m deep and holds about a fifth of all liquid fresh water at the surface.",
    source=cited(15),
)
RIVERS = Choice(
    id="mediterranean-rivers",
    topic=WATER,
    stem="Which of these rivers flow into the Mediterranean Sea?",
    options=tuple(map(named, ("Nile", "Ebro", "Rhône", "Danube", "Rhine", "Tagus"))),
    keys=("nile", "ebro", "rhône"),
    multiple=True,
    points=Fraction(3),
    explain="The Danube reaches the Black Sea, the Rhine the North Sea, the Tagus the Atlantic.",
    source=cited(9),
)
ICE = TrueFalse(
    id="ice-floats",
    topic=WATER,
    statement="Ice floats because it is less dense than liquid water.",
    answer=True,
    explain="Water expands by about 9 % as it freezes.",
    claim=True,
)
SUBLIMATION = Entry(
    id="sublimation",
    topic=WATER,
    stem="What is it called when ice turns into vapour without melting?",
    accept=("sublimation", "sublimating"),
    kind="term",
    close={"evaporation": "Evaporation starts from a liquid."},
    hint="Mothballs do it too.",
    explain="It is how snow can vanish on a dry, frosty day.",
    source=cited(7, 8),
)
DEPTH = Number(
    id="baikal-depth",
    topic=LAKES,
    stem="How deep is Lake Baikal?",
    value=Fraction(1642),
    text="1,642",
    tolerance=Tolerance(amount=Fraction(1, 100), relative=True),
    unit="m",
    units={"km": Fraction(1000)},
    source=cited(15),
)
CLOUD = Cloze(
    id="cloud",
    topic=WATER,
    parts=(
        "Water vapour rises and cools, and ",
        Gap(number=1, accept=("condenses", "liquefies")),
        " into the droplets of a cloud. What falls from the cloud is called ",
        Gap(number=2, accept=("precipitation",), hint="rain, snow or hail"),
        ".",
    ),
    explain="Cool air holds less vapour than warm air.",
    source=cited(7),
)
LANDFORMS = Match(
    id="landforms",
    topic=WATER,
    stem="Match each landform with the way it comes about.",
    pairs=tuple(
        Pair(left=named(left), right=named(right))
        for left, right in (
            ("Atoll", "Coral grows around an island that slowly sinks."),
            ("Delta", "A river drops its load as it meets still water."),
            ("Fjord", "The sea floods a valley that a glacier has cut."),
            ("Oxbow lake", "A river cuts through the neck of one of its bends."),
        )
    ),
    extra=(named("Rain and snow fill the crater of a volcano."),),
    explain="Delta and oxbow lake are both a river’s work. Left over: a crater lake.",
    source=cited(10, 11, 12, 13),
)
PLANETS = Order(
    id="planet-order",
    topic="Sky",
    stem="Put these planets in order, the nearest to the Sun first.",
    sequence=tuple(map(named, ("Mercury", "Venus", "Earth", "Mars"))),
    explain="They are the four planets of rock.",
)
DEW = Open(
    id="dew",
    topic=WATER,
    stem="The grass is wet on a clear morning though no rain fell. Where did the water come from?",
    model="It was vapour in the air; the cold ground cooled the air at night, and some of it condensed.",
    rubric=(
        Criterion(text="The water was vapour in the air."),
        Criterion(text="Cool air holds less vapour than warm air.", points=Fraction(2)),
    ),
)
FORMULA = Card(
    id="formula",
    topic=WATER,
    front="What is the chemical formula of water?",
    back="$H_2O$",
    reverse=True,
    explain="Two atoms of hydrogen and one of oxygen.",
)
RIFT = Number(
    id="rift",
    topic=LAKES,
    stem="By how much does the rift widen in fifty years?",
    value=Fraction(1),
    text="1",
    unit="m",
    passage="rift-text",
    image=Image(file="media/rift.png", alt="A rift", width="3 cm"),
    audio="media/waves.mp3",
)

BANK = Bank(
    name="water-on-earth",
    title="Water on Earth",
    licence="CC BY 4.0",
    about="Where the Earth's water is, and how it moves.",
    documents=(
        Document(name="reader", title="Water, a reader", author="A. Teacher", date="2024-05-01"),
    ),
    passages=(
        Passage(
            id="rift-text",
            title="A lake in a rift",
            text="Lake Baikal fills a rift that still widens by about two centimetres a year.",
        ),
    ),
    items=(
        LAKE, RIVERS, ICE, SUBLIMATION, DEPTH, CLOUD, LANDFORMS, PLANETS, DEW, FORMULA, RIFT,
    ),
)  # fmt: skip
MEDIA = {"media/rift.png": PNG, "media/waves.mp3": MP3}
