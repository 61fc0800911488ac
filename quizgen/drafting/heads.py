"""Words that say what a name is the name of, and countries, which say it as a whole."""

ORGANISATIONS = frozenset(
    "union bank ministry office company laboratory hospital university college school museum railway "
    "railways authority commission survey agency department institute society association council "
    "committee court parliament congress party church post times herald group partners sons bureau "
    "service corporation foundation league club army navy police board exchange works lines airlines "
    "union's embassy academy press federation organization organisation fund court brothers estates "
    "government senate assembly trust charity gazette courier tribune observer times' unit network team "
    "consortium alliance board's registry archive library gallery theatre".split()
)
OTHERS = frozenset(
    "expo fair summit conference forum agreement partnership convention initiative project cooperation "
    "meeting exhibition accord treaty act plan programme program prize award strategy festival cup war "
    "battle revolution day week games law protocol declaration report scale theory".split()
)
PLACES = frozenset(
    "lake lakes river sea ocean island islands isle mount mountain mountains port city county bridge "
    "canal street road square valley bay cape gulf strait desert forest park province state states "
    "airport center centre hotel station tower park pier republic kingdom harbour harbor peninsula hills "
    "north south east west saint bank-side weir dam sluice lock mill farm hill wood woods fen moor marsh heath "
    "beach creek brook pond reservoir castle palace abbey cathedral church temple tower gate lane avenue "
    "fort little great upper lower".split()
)
ALONE = frozenset(
    "lake lakes river sea island islands isle mount mountain desert peninsula republic kingdom city".split()
)
"""What is left out when the rest says it: of the "Skarra Islands", but not of "Skarra Mill"."""
_HEADS = {
    word: row.split()[0]
    for row in (
        "river brook creek canal", "lake lakes pond reservoir", "sea ocean gulf strait bay cape",
        "island islands isle peninsula", "mount mountain mountains hill hills", "weir dam sluice lock",
        "county province state states", "street road avenue lane square", "city port", "bridge",
        "forest desert valley wood woods fen moor marsh heath park", "castle palace tower",
        "church abbey cathedral temple", "hotel station airport", "farm mill",
        "trust foundation fund charity", "society association federation union league club institute",
        "university college school academy", "ministry department", "office agency authority commission bureau",
        "company corporation group partners sons brothers bank works lines airlines railway railways",
        "court", "parliament congress senate government council committee assembly", "party",
        "post times herald gazette courier tribune observer press", "hospital",
        "museum library gallery archive theatre", "army navy police",
    )
    for word in row.split()
}  # fmt: skip
COUNTRIES = frozenset(
    name.strip()
    for name in """afghanistan;albania;algeria;andorra;angola;argentina;armenia;australia;austria;azerbaijan;bahamas;
    bahrain;bangladesh;barbados;belarus;belgium;belize;benin;bhutan;bolivia;bosnia;botswana;brazil;brunei;
    bulgaria;burkina faso;burundi;cambodia;cameroon;canada;cape verde;chad;chile;china;colombia;comoros;
    congo;costa rica;croatia;cuba;cyprus;czechia;denmark;djibouti;dominica;ecuador;egypt;el salvador;
    eritrea;estonia;eswatini;ethiopia;fiji;finland;france;gabon;gambia;georgia;germany;ghana;greece;
    grenada;guatemala;guinea;guyana;haiti;honduras;hungary;iceland;india;indonesia;iran;iraq;ireland;
    israel;italy;jamaica;japan;jordan;kazakhstan;kenya;kiribati;kosovo;kuwait;kyrgyzstan;laos;latvia;
    lebanon;lesotho;liberia;libya;liechtenstein;lithuania;luxembourg;madagascar;malawi;malaysia;maldives;
    mali;malta;mauritania;mauritius;mexico;micronesia;moldova;monaco;mongolia;montenegro;morocco;
    mozambique;myanmar;namibia;nauru;nepal;netherlands;new zealand;nicaragua;niger;nigeria;north korea;
    north macedonia;norway;oman;pakistan;palau;panama;papua new guinea;paraguay;peru;philippines;poland;
    portugal;qatar;romania;russia;rwanda;samoa;san marino;sao tome;saudi arabia;senegal;serbia;
    seychelles;sierra leone;singapore;slovakia;slovenia;somalia;south africa;south korea;spain;sri lanka;
    sudan;suriname;sweden;switzerland;syria;taiwan;tajikistan;tanzania;thailand;togo;tonga;tunisia;turkey;
    turkmenistan;tuvalu;uganda;ukraine;united kingdom;united states;uruguay;uzbekistan;vanuatu;venezuela;
    vietnam;yemen;zambia;zimbabwe;africa;america;asia;europe;oceania;antarctica;britain;england;scotland;
    wales;southeast asia;latin america;great britain""".split(";")
)


def head(name: str) -> str:
    """What its head word says that the name is of; "" where no word of it tells.

    "Mill Weir" and "Mill Dam" are of a weir, the name of a country is of a country.
    """
    words = name.lower().split()
    if " ".join(words) in COUNTRIES:
        return "country"
    inner = next((at for at, word in enumerate(words) if word in ("of", "on", "for")), len(words))
    last = words[max(0, inner - 1)] if words else ""
    return _HEADS.get(last) or _HEADS.get(words[0] if words else "", "")
