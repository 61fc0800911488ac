"""Quizzes to print: one like a teacher's, with every type, and one of all that is hard to set."""

import struct
import zlib
from fractions import Fraction

from quizgen.model import (
    Band,
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
    Item,
    Match,
    Number,
    Open,
    Option,
    Order,
    Pair,
    Passage,
    Quiz,
    QuizPlan,
    Quota,
    Tolerance,
    TrueFalse,
)


def option(text: str, why: str = "", image: Image | None = None) -> Option:
    return Option(id=text.casefold(), text=text, why=why, image=image)


def options(*texts: str) -> tuple[Option, ...]:
    return tuple(option(text) for text in texts)


def source(*paragraphs: int) -> Citation:
    return Citation(document="reader", paragraphs=paragraphs)


def grey_png(width: int, height: int) -> bytes:
    """A grey rectangle as PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = b"".join(b"\0" + b"\xb0" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def quiz_of(bank: Bank, plan: QuizPlan) -> Quiz:
    return Quiz(bank=bank.name, plan=plan, items=bank.items, passages=bank.passages)


# --- A quiz like a teacher's ---------------------------------------------------------------------

LAKES = r"""Lake Baikal lies in a rift in the south of Siberia, where the Earth’s crust is slowly drawn apart. Lake Tanganyika fills part of the rift of East Africa. How deep a lake is on average follows from its volume $V$ and its surface area $A$:

$$\bar{d} = \frac{V}{A}$$

| Lake | Area, km² | Volume, km³ | Greatest depth, m |
|---|---:|---:|---:|
| Baikal | 31,700 | 23,600 | 1,642 |
| Michigan | 58,000 | 4,900 | 281 |
| Superior | 82,100 | 12,100 | 406 |
| Tanganyika | 32,900 | 18,900 | 1,470 |
"""

WATER_ITEMS: tuple[Item, ...] = (
    Choice(
        id="salt",
        stem="About what share of all the water on Earth is salt water?",
        options=options("71 %", "86 %", "97 %", "99.9 %"),
        keys=("97 %",),
        explain="The oceans alone hold about 96.5 %; salty ground water and salt lakes add the rest.",
        source=source(2),
    ),
    Choice(
        id="ice",
        stem="Why does ice float on liquid water?",
        options=(
            option(
                "Water loses a little of its mass as it freezes, so that a piece of ice weighs less than the water from which it was made.",
                "Freezing changes the volume, not the mass.",
            ),
            option(
                "Its molecules stand in an open lattice, so that ice takes up more room than the same mass of water and is less dense."
            ),
            option(
                "Air is caught in the water as it freezes, so that the ice is full of small bubbles and is carried by them like a raft.",
                "Clear ice floats as well.",
            ),
            option(
                "The coldest water lies at the bottom, so that it presses upwards harder than the warmer water that lies above it."
            ),
        ),
        keys=(
            "its molecules stand in an open lattice, so that ice takes up more room than the same mass of water and is less dense.",
        ),
        explain="Water expands by about 9 % as it freezes.",
        source=source(5),
    ),
    Choice(
        id="rivers",
        stem="Which of these rivers flow into the Mediterranean Sea?",
        options=(
            *options("Nile", "Ebro", "Rhône"),
            option("Danube", "It reaches the Black Sea."),
            option("Rhine", "It reaches the North Sea."),
            option("Tagus", "It reaches the Atlantic."),
        ),
        keys=("nile", "ebro", "rhône"),
        multiple=True,
        points=Fraction(3),
        source=source(9),
    ),
    TrueFalse(
        id="antarctica",
        statement="The ice sheet of Antarctica holds more than half of the Earth’s fresh water.",
        answer=True,
        explain="Ice holds about 69 % of the fresh water, and nine tenths of that ice lies in Antarctica.",
        source=source(3),
    ),
    Cloze(
        id="vapour",
        parts=(
            "When ice turns to vapour without melting, we call it ",
            Gap(number=1, accept=("sublimation",)),
            ".",
        ),
        explain="The step from solid to gas.",
        source=source(6),
    ),
    Cloze(
        id="cycle",
        stem="Fill the gaps, one word in each.",
        parts=(
            "Warmed by the Sun, water at the surface of the sea begins to ",
            Gap(number=1, accept=("evaporate", "vaporise")),
            ". The vapour rises and cools, and ",
            Gap(number=2, accept=("condenses",), hint="two syllables or three"),
            " into the droplets of a cloud. What falls from the cloud, be it rain, snow or hail, is called ",
            Gap(number=3, accept=("precipitation",)),
            ".",
        ),
        points=Fraction(3),
        source=source(7),
    ),
    Match(
        id="landforms",
        stem="Match each landform with the way it comes about.",
        pairs=tuple(
            Pair(left=option(left), right=option(right))
            for left, right in (
                ("Atoll", "Coral grows around an island that slowly sinks."),
                ("Delta", "A river drops its load as it meets still water."),
                ("Fjord", "The sea floods a valley that a glacier has cut."),
                ("Oxbow lake", "A river cuts through the neck of one of its bends."),
            )
        ),
        extra=options("Rain and snow fill the crater of a volcano."),
        points=Fraction(4),
        source=source(10, 11, 12, 13),
    ),
    Order(
        id="stay",
        stem="How long does a drop of water stay, on average, in each of these places? Shortest stay first.",
        sequence=options(
            "in the air",
            "in a river",
            "in a lake",
            "in the ocean",
            "in the ice of Antarctica",
        ),
        points=Fraction(5),
        explain="About 9 days; 2 to 6 months; 50 to 100 years; 3,200 years; up to 20,000 years and more.",
        source=source(8),
    ),
    Open(
        id="dew",
        stem="The grass is wet with dew on a clear morning, without any rain. By noon it is dry. Where did the water come from, and where did it go?",
        model="Vapour of the air condensed on the cool grass; warmed by the Sun it evaporated again.",
        rubric=(
            Criterion(text="The water was vapour in the air."),
            Criterion(text="The ground cooled by night."),
            Criterion(text="Cool air holds less vapour.", points=Fraction(3, 2)),
            Criterion(text="The dew evaporated.", points=Fraction(1, 2)),
        ),
        points=Fraction(4),
        source=source(7),
    ),
    Entry(
        id="deepest",
        stem="Which lake is the deepest on Earth?",
        accept=("Baikal", "Lake Baikal"),
        kind="place",
        close={"Tanganyika": "The second deepest."},
        source=source(14),
    ),
    Entry(
        id="great",
        stem="Name three of the Great Lakes.",
        accept=("Huron, Ontario, Erie",),
        kind="set",
    ),
    Card(id="limnology", front="Limnology", back="The science of inland waters"),
    Choice(
        id="shallowest",
        passage="lakes",
        stem="Which of the four lakes is the shallowest on average?",
        options=options("Superior", "Baikal", "Tanganyika", "Michigan"),
        keys=("michigan",),
    ),
    Number(
        id="depth",
        passage="lakes",
        stem="What is the mean depth of Lake Superior, to the nearest metre?",
        value=Fraction(147),
        text="147",
        tolerance=Tolerance(amount=Fraction(1)),
        bands=(
            Band(tolerance=Tolerance(amount=Fraction(1, 20), relative=True), share=Fraction(1, 2)),
        ),
        unit="m",
        units={"km": Fraction(1000)},
        points=Fraction(2),
        source=Citation(document="reader", derived="12,100 / 82,100"),
    ),
    Open(
        id="basins",
        passage="lakes",
        stem="Lake Superior covers more than twice the area of Lake Baikal, yet holds only about half as much water. Explain why, with two figures from the table.",
        model="Superior is much shallower.",
        lines=6,
        points=Fraction(4),
    ),
)

WATER = Bank(
    name="water-on-earth",
    title="Geography",
    documents=(Document(name="reader", title="Reader, Water on Earth"),),
    passages=(Passage(id="lakes", text=LAKES, title="Four great lakes"),),
    items=WATER_ITEMS,
)

WATER_QUIZ = quiz_of(
    WATER,
    QuizPlan(
        id="midterm",
        title="Water on Earth",
        blueprint=(Quota(count=len(WATER_ITEMS)),),
        instructions="You may use a pencil and a *ruler*.",
        minutes=40,
        seed=7,
        forms=4,
    ),
)

# --- What is hard to set -------------------------------------------------------------------------

WIDE = """Read the table.

| Country | Capital | Population | Area | Founded | Currency | Language | Code | Side |
|---|---|---:|---:|---:|---|---|---|---|
| Liechtenstein | Vaduz | 39,000 | 160 | 1719 | Swiss franc | German | LI | right |
| Papua New Guinea | Port Moresby | 10,300,000 | 462,840 | 1975 | Kina | Tok Pisin | PG | left |
"""

CODE = """What does this print?

```python
def shares(points: Fraction, among: Sequence[str], *, rest: str = "nobody") -> Mapping[str, Fraction]:
    return {name: points / len(among) for name in among} or {rest: points}
```
"""

HARD_ITEMS: tuple[Item, ...] = (
    Choice(
        id="many",
        stem="Which letter of the alphabet is this?",
        options=options(*(f"sign number {n} of thirty" for n in range(1, 31))),
        keys=("sign number 30 of thirty", "sign number 7 of thirty"),
        multiple=True,
        arrangement="fixed",
        points=Fraction(2),
    ),
    Choice(id="wide", stem=WIDE, options=options("yes", "no"), keys=("yes",)),
    Choice(
        id="code",
        stem=CODE,
        options=options("`{}`", "a *mapping* of $\\frac{1}{2}$", "```\nnothing\nat all\n```"),
        keys=("`{}`",),
    ),
    Choice(
        id="arabic",
        stem="ما هي عاصمة مصر؟",
        options=options("القاهرة", "الإسكندرية", "الجيزة (Giza).", "أسوان"),
        keys=("القاهرة",),
    ),
    Choice(
        id="chinese",
        stem="下列哪一个城市是中华人民共和国的首都？请从四个选项中选出一个正确的答案，并在答题纸上用铅笔把它标出来。",
        options=options("上海", "北京", "广州", "成都"),
        keys=("北京",),
    ),
    Choice(
        id="pictures",
        stem="Which rectangle is the tallest?",
        options=tuple(
            option(name, image=Image(file=f"media/{name}.png", alt=f"rectangle {name}"))
            for name in ("wide", "tall", "square", "small")
        ),
        keys=("tall",),
        image=Image(file="media/wide.png", alt="an example", width="8 cm"),
    ),
    TrueFalse(
        id="long-word",
        statement="Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzesvorsitzendenstellvertreterinnen is one word.",
        answer=False,
    ),
    Cloze(
        id="formula-gap",
        stem="Complete.",
        parts=(
            "The **",
            Gap(number=2, accept=("quadratic",)),
            "** formula is $x = \\frac{-b \\pm \\sqrt{",
            Gap(number=1, accept=("b^2-4ac",)),
            "}}{2a}$, `print(",
            Gap(number=3, accept=("x",)),
            ")`.",
        ),
    ),
    Cloze(
        id="table-gap",
        parts=(
            "| Country | Capital |\n|---|---|\n| France | ",
            Gap(number=1, accept=("Paris",)),
            " |\n| Peru | ",
            Gap(number=2, accept=("Lima",)),
            " |\n",
        ),
    ),
    Match(
        id="signs",
        stem="Match.",
        pairs=tuple(
            Pair(left=option(f"left {n}"), right=option(f"right {n % 9}")) for n in range(1, 13)
        ),
    ),
    Number(id="year", stem="In which year?", value=Fraction(1969), text="1969"),
    Choice(
        id="one-third",
        stem="Cross what is right.",
        options=options("first", "second", "third", "fourth"),
        keys=("first", "second", "third"),
        multiple=True,
        points=Fraction(5, 2),
    ),
)

HARD = Bank(
    name="hard",
    title="Hard to set </style><script>alert(1)</script>",
    items=HARD_ITEMS,
)

HARD_QUIZ = quiz_of(
    HARD,
    QuizPlan(
        id="hard",
        title='All that is hard to set: "quotes" </style> & a title that runs on over more than one line',
        blueprint=(Quota(count=len(HARD_ITEMS)),),
    ),
)

MEDIA = {
    "media/wide.png": grey_png(800, 200),
    "media/tall.png": grey_png(200, 800),
    "media/square.png": grey_png(300, 300),
    "media/small.png": grey_png(40, 40),
}

# --- From right to left, and in Chinese ----------------------------------------------------------

ARABIC_ITEMS: tuple[Item, ...] = (
    Choice(
        id="capital",
        stem="ما هي عاصمة مصر؟",
        options=options("القاهرة", "الإسكندرية", "الجيزة (Giza).", "أسوان"),
        keys=("القاهرة",),
        explain="القاهرة هي العاصمة منذ عام 969.",
    ),
    Choice(
        id="rivers",
        stem="أي هذه الأنهار يصب في البحر الأبيض المتوسط؟",
        options=options("النيل", "الراين", "الدانوب", "الرون"),
        keys=("النيل", "الرون"),
        multiple=True,
        points=Fraction(2),
    ),
    TrueFalse(id="ice", statement="الجليد أقل كثافة من الماء السائل.", answer=True),
    Cloze(
        id="cycle",
        parts=(
            "يتبخر الماء من ",
            Gap(number=1, accept=("البحر",)),
            " ثم يتكاثف في ",
            Gap(number=2, accept=("السحب",), hint="في السماء"),
            ".",
        ),
        points=Fraction(2),
    ),
    Match(
        id="countries",
        stem="صل كل بلد بعاصمته.",
        pairs=tuple(
            Pair(left=option(left), right=option(right))
            for left, right in (("الأردن", "عمّان"), ("لبنان", "بيروت"), ("المغرب", "الرباط"))
        ),
        extra=options("تونس"),
        points=Fraction(3),
    ),
    Order(
        id="stay",
        stem="رتب من الأقصر إلى الأطول.",
        sequence=options("ثانية", "دقيقة", "ساعة", "يوم"),
        points=Fraction(4),
    ),
    Number(id="sum", stem="كم يساوي $\\frac{12}{4} + 1$؟", value=Fraction(4), text="4", unit="متر"),
    Entry(id="ocean", stem="ما هو أكبر محيط؟", accept=("المحيط الهادئ",)),
    Choice(
        id="table",
        stem="اقرأ الجدول:\n\n| البحيرة | المساحة | العمق |\n|---|---:|---:|\n| بايكال | 31,700 | 1,642 |\n| سوبيريور | 82,100 | 406 |\n\nثم اقرأ `print(depth)` أيضا. أيهما أعمق؟",
        options=options("بايكال", "سوبيريور"),
        keys=("بايكال",),
    ),
    Choice(
        id="latin",
        stem="Which of these is a lake?",
        options=options("Baikal", "Nile"),
        keys=("baikal",),
    ),
    Open(id="dew", stem="لماذا يكون العشب مبللا في الصباح؟", model="تكاثف بخار الماء.", lines=3),
)
ARABIC = Bank(name="miyah", title="الجغرافيا", language="ar", items=ARABIC_ITEMS)
ARABIC_QUIZ = quiz_of(
    ARABIC,
    QuizPlan(
        id="arabic",
        title="الماء على الأرض",
        blueprint=(Quota(count=len(ARABIC_ITEMS)),),
        instructions="يمكنك استخدام قلم رصاص.",
        forms=2,
    ),
)

CHINESE_ITEMS: tuple[Item, ...] = (
    Choice(
        id="capital",
        stem="下列哪一个城市是中华人民共和国的首都？请从四个选项中选出一个正确的答案，并在答题纸上用铅笔把它标出来。",
        options=options("上海", "北京", "广州", "成都"),
        keys=("北京",),
    ),
    Choice(
        id="ice",
        stem="为什么冰浮在水面上？",
        options=options(
            "水结冰时失去一部分质量，所以冰块比形成它的水更轻，因此能够浮在水面上而不会沉下去。",
            "冰的分子排列成开放的晶格，同样质量的冰比水占据更大的空间，因此密度较小。",
            "结冰时空气被困在冰里，冰中充满了许多小气泡，像木筏一样被托起来。",
        ),
        keys=("冰的分子排列成开放的晶格，同样质量的冰比水占据更大的空间，因此密度较小。",),
    ),
    Cloze(
        id="cycle",
        parts=(
            "水从海面",
            Gap(number=1, accept=("蒸发",)),
            "，在空中",
            Gap(number=2, accept=("凝结",)),
            "成云。",
        ),
    ),
    Match(
        id="rivers",
        stem="把河流和它所在的大洲连起来。",
        pairs=tuple(
            Pair(left=option(left), right=option(right))
            for left, right in (("尼罗河", "非洲"), ("长江", "亚洲"), ("莱茵河", "欧洲"))
        ),
    ),
)
CHINESE = Bank(name="shui", title="地理", language="zh", items=CHINESE_ITEMS)
CHINESE_QUIZ = quiz_of(
    CHINESE,
    QuizPlan(
        id="chinese", title="地球上的水", blueprint=(Quota(count=len(CHINESE_ITEMS)),), forms=1
    ),
)
