"""What the judge is to say of typed answers, as one would say it at a desk with the key in hand.

A table for each kind of answer: the accepted answers, what was typed, the verdict, why, and the
other answers of the bank where they matter. Several answers in a cell are parted by " / ".
"""

from typing import NamedTuple

from quizgen.model import Grade, Kind


class Row(NamedTuple):
    """One judged answer."""

    accepted: tuple[str, ...]
    typed: str
    kind: Kind
    confusable: tuple[str, ...]
    grade: Grade
    why: str


TEXT = """
fall of 2013            | in the fall of 2013 | close | the answer, as it stands in a sentence
fall of 2013            | fall in 2013        | close | a little word is another
fall 2013               | fall of 2013        | close | a little word too many
fall of 2013            | fall of 2014        | wrong | another year
stable state / resting state | unstable state | wrong | the opposite of one answer is no slip of it
blood group AB+         | blood group AB-     | wrong | another sign
Asian Infrastructure Investment Bank / AIIB | Asian Infrastructure Investment Bank           | exact    | as shown
Asian Infrastructure Investment Bank / AIIB | asian infrastructure investment bank           | exact    | case does not matter
Asian Infrastructure Investment Bank / AIIB | Asian  Infrastructure Investment\u00a0Bank     | exact    | nor do spaces
Asian Infrastructure Investment Bank / AIIB | AIIB                                           | accepted | the other accepted answer
Asian Infrastructure Investment Bank / AIIB | A.I.I.B.                                       | accepted | full stops
Asian Infrastructure Investment Bank / AIIB | aiib                                           | accepted | the other answer, in small letters
Asian Infrastructure Investment Bank / AIIB | the Asian Infrastructure Investment Bank       | accepted | an article
Asian Infrastructure Investment Bank        | Asian Infrastucture Investment Bank            | close    | a letter is missing
Asian Infrastructure Investment Bank        | Asain Infrastructure Investment Bank           | close    | two letters exchanged
Asian Infrastructure Investment Bank        | Asian Infrastructure Bank                      | close    | a word is missing
Asian Infrastructure Investment Bank        | Asian Development Bank                         | wrong    | another bank
Asian Infrastructure Investment Bank        | World Bank                                     | wrong    | another bank
Asian Infrastructure Investment Bank        | Asian Infrastructure Investment Bank or World Bank | wrong    | two answers for one
Belt and Road Initiative                    | Belt & Road Initiative                         | accepted | "&" is "and"
Belt and Road Initiative                    | the Belt and Road initiative                   | accepted | an article
Belt and Road Initiative                    | Belt-and-Road Initiative                       | accepted | hyphens
Belt and Road Initiative                    | Belt and Road                                  | close    | true as far as it goes
Belt and Road Initiative                    | Belt and Road Inititive                        | close    | a letter is missing
Belt and Road Initiative                    | Silk Road Fund                                 | wrong    | something else
peaceful coexistence                        | peaceful co-existence                          | accepted | hyphen
peaceful coexistence                        | Peaceful Coexistance                           | close    | a wrong letter
peaceful coexistence                        | coexistence                                    | close    | a word is missing
win-win cooperation                         | win win co-operation                           | accepted | hyphens and spaces
win-win cooperation                         | winwin cooperation                             | accepted | no space
win-win cooperation                         | win-lose cooperation                           | wrong    | another word
“Spring Sprout”                             | "Spring Sprout"                                | exact    | straight quotes for curly ones
“Spring Sprout”                             | Spring Sprout                                  | accepted | without quotes
Spring Sprout                               | 'Spring Sprout'                                | accepted | with quotes
Spring Sprout                               | «Spring Sprout»                                | accepted | with other quotes
Spring Sprout                               | Spring Miao                                    | wrong    | another word
ﬁnance                                      | finance                                        | exact    | a ligature
finance                                     | ﬁｎance                                        | exact    | a ligature and a full-width letter
finance                                     | fi\u00adnance                                  | exact    | a soft hyphen, as pasted
Beijing                                     | Bei\u200bjing                                  | exact    | a space of no width, as pasted
Beijing                                     | \u200fBeijing                                  | exact    | a mark of direction, as pasted
Beijing                                     | Beijing.                                       | accepted | a full stop
Beijing                                     | Beijing?                                       | accepted | a question mark is no other answer
Beijing                                     | Beijing or Shanghai                            | wrong    | two answers for one
Beijing                                     | Shanghai or Beijing                            | wrong    | two answers for one
Beijing                                     | either Beijing or Tashkent                     | wrong    | two answers for one
Beijing                                     | Beijing/Shanghai                               | wrong    | two answers for one
Beijing                                     | Beijing / Shanghai                             | wrong    | two answers for one
Beijing                                     | not Beijing                                    | wrong    | a negation
right or wrong                              | right or wrong                                 | exact    | "or" belongs to it
trial or error                              | trial or error                                 | exact    | "or" belongs to it
trial or error                              | trial and error                                | wrong    | and is not or
life and death                              | life or death                                  | wrong    | or is not and
non-interference                            | noninterference                                | accepted | hyphen
non-interference                            | non interference                               | accepted | space
non-interference                            | interference                                   | wrong    | the negation is gone
interference                                | non-interference                               | wrong    | a negation
proven                                      | not proven                                     | wrong    | a negation
not proven                                  | proven                                         | wrong    | the negation is gone
it does not rain                            | it doesn't rain                                | accepted | the negation, short
no first use                                | first use                                      | wrong    | the negation is gone
without conditions                          | with conditions                                | wrong    | the negation is gone
with conditions                             | without conditions                             | wrong    | a negation
never again                                 | again                                          | wrong    | the negation is gone
yes                                         | Yes                                            | exact    | case
yes                                         | yess                                           | wrong    | a short word is not forgiven a letter
yes                                         | no                                             | wrong    | the other
COVID-19                                    | Covid 19                                       | accepted | space
COVID-19                                    | covid19                                        | accepted | no space
COVID-19                                    | COVID-91                                       | wrong    | digits exchanged
COVID-19                                    | COVID-18                                       | wrong    | another digit
COVID-19                                    | COVID-1                                        | wrong    | a digit is missing
COVID-19                                    | COVID-199                                      | wrong    | a digit too many
COVID-19                                    | COVID                                          | close    | the number is missing
COVID-19                                    | CORVID-19                                      | close    | a letter too many
G20                                         | G-20                                           | accepted | hyphen
G20                                         | g 20                                           | accepted | space
G20                                         | G7                                             | wrong    | another number
G20                                         | G2                                             | wrong    | another number
G20                                         | G200                                           | wrong    | another number
5G                                          | 4G                                             | wrong    | another number
12308                                       | 12308                                          | exact    | digits as shown
12308                                       | １２３０８                                     | exact    | full-width digits
12308                                       | 12 308                                         | accepted | space
12308                                       | 12380                                          | wrong    | digits exchanged
12308                                       | 1230                                           | wrong    | a digit is missing
24 hours                                    | twenty-four hours                              | accepted | a number in words
24 hours                                    | 42 hours                                       | wrong    | digits exchanged
14th Five-Year Plan                         | Fourteenth Five-Year Plan                      | accepted | an ordinal in words
14th Five-Year Plan                         | 14th five year plan                            | accepted | hyphen
14th Five-Year Plan                         | XIVth Five-Year Plan                           | accepted | a Roman ordinal
14th Five-Year Plan                         | 13th Five-Year Plan                            | wrong    | another number
14th Five-Year Plan                         | thirteenth Five-Year Plan                      | wrong    | another number in words
20th National Congress                      | the Twentieth National Congress                | accepted | an ordinal in words
20th National Congress                      | 19th National Congress                         | wrong    | another number
21st century                                | twenty-first century                           | accepted | an ordinal in words
21st century                                | 20th century                                   | wrong    | another number
First World War                             | 1st World War                                  | accepted | an ordinal in digits
First World War                             | Second World War                               | wrong    | another number
World War II                                | World War 2                                    | accepted | a Roman numeral
World War II                                | World War Two                                  | accepted | a numeral in words
World War II                                | World War I                                    | wrong    | another numeral
World War II                                | World War III                                  | wrong    | another numeral
Article 5                                   | Article V                                      | accepted | a Roman numeral
Article 5                                   | Article VI                                     | wrong    | another numeral
Route 66                                    | Route 60                                       | wrong    | another digit
3.5                                         | 35                                             | wrong    | a point is no mere punctuation between digits
3.5                                         | 3 5                                            | wrong    | nor is it a space
3.5                                         | 3.5                                            | exact    | as shown
1:2                                         | 12                                             | wrong    | nor is a colon
1/2                                         | 12                                             | wrong    | nor is a slash
1-2                                         | 12                                             | wrong    | nor is a dash
-5                                          | 5                                              | wrong    | the sign is missing
-5                                          | +5                                             | wrong    | another sign
−5                                          | -5                                             | exact    | two ways to type a minus
10²                                         | 102                                            | wrong    | a power is no digit
10²                                         | 10^2                                           | exact    | two ways to type a power
1978–2022                                   | 1978-2022                                      | exact    | a dash is a dash
1978–2022                                   | 1978-2002                                      | wrong    | another digit
U.S.                                        | US                                             | accepted | full stops
R&D                                         | R and D                                        | accepted | "&" is "and"
R&D                                         | R & D                                          | accepted | spaces
it's                                        | its                                            | accepted | an apostrophe
?                                           | !                                              | wrong    | nothing but punctuation is not nothing
?                                           | ?                                              | exact    | as shown
?                                           | ...                                            | wrong    | other punctuation
Beijing                                     |                                                | wrong    | nothing
Beijing                                     | ...                                            | wrong    | nothing but punctuation
Beijing                                     | 北京                                           | wrong    | not what is accepted
the                                         | a                                              | wrong    | an article alone is the answer
a                                           | the                                            | wrong    | an article alone is the answer
the sun                                     | sun                                            | accepted | an article
sun                                         | the                                            | wrong    | an article is no answer
année                                       | annee                                          | accepted | an accent
año                                         | ano                                            | wrong    | the accent makes another answer of the bank | ano
cooperation                                 | corporation                                    | close    | two letters away
cooperation                                 | corporation                                    | wrong    | another answer of the bank | corporation
glaciers                                    | glacier                                        | close    | one letter away
colour of the sky                           | color of the sky                               | accepted | American spelling
centre of gravity                           | center of gravity                              | accepted | American spelling
a shared future                             | shared future                                  | accepted | an article
shared future                               | a shared future                                | accepted | an article
mutual respect                              | respect                                        | close    | a word is missing
mutual respect                              | mutual                                         | close    | a word is missing
five                                        | 5                                              | accepted | a number in digits
5                                           | 5 November                                     | close    | more than was asked
24 hours                                    | 1 day                                          | accepted | the same time
development                                 | the New Development Bank in Shanghai           | wrong    | a word of it in another answer
openness                                    | Shanghai Cooperation Organisation              | wrong    | something else
12 September                                | September 12                                   | accepted | a date, month first
Samarkand                                   | I think Samarkand                              | accepted | what stands in front says nothing
Samarkand                                   | maybe Samarkand                                | accepted | one answer, if a doubtful one
Samarkand                                   | it is not Samarkand                            | wrong    | a negation
Samarkand                                   | maybe Samarkand or Tashkent                    | wrong    | two answers for one
Samarkand                                   | Samarkand, Tashkent                            | wrong    | two answers for one | Tashkent
"""

NAME = """
Charles Darwin / Darwin | C. Darwin  | accepted | the last name is enough, and the initial fits
Charles Darwin / Darwin | C Darwin   | accepted | nor does the point matter
Charles Darwin / Darwin | A. Darwin  | close    | an initial is no article, and another Darwin's
Charles Darwin / Darwin | A Darwin   | close    | nor without its point
Charles Darwin / Darwin | B. Darwin  | close    | nor is another letter
Darwin                  | A. Darwin  | close    | which one is not said
Charles Darwin          | C. Darwin  | close    | the full name alone is accepted
Alexander Lukashenko / Lukashenko | A. Lukashenko | accepted | here the A is his
Johann Sebastian Bach / Bach | J.S. Bach  | accepted | initials without a space
Johann Sebastian Bach / Bach | J. S. Bach | accepted | nor does the space matter
Johann Sebastian Bach / Bach | J. Bach    | accepted | one initial of two is not against him
Johann Sebastian Bach / Bach | J.C. Bach  | close    | his son
Johann Sebastian Bach / Bach | S. Bach    | close    | the second name alone
Ludwig van Beethoven / Beethoven | L. Beethoven | accepted | the little word may be left out
J.R.R. Tolkien / Tolkien     | J. R. R. Tolkien | accepted | as in the answer
J.R.R. Tolkien / Tolkien     | J. Tolkien | accepted | one of three
Charles Darwin / Darwin | C. R. Darwin | close  | there may be another
A. Lincoln              | A Lincoln  | accepted | as in the answer
Xi Jinping                        | Xi Jinping               | exact    | as shown
Xi Jinping                        | xi jinping               | exact    | case
Xi Jinping                        | Xi, Jinping              | accepted | surname, given
Xi Jinping                        | Jinping, Xi              | accepted | a comma turns a name round
Xi Jinping                        | Jinping Xi               | close    | the other way round, without a comma
Xi Jinping                        | Xi Jin-ping              | accepted | hyphen
Xi Jinping                        | Xi Jin Ping              | accepted | space
Xi Jinping                        | Xi Jinpin                | close    | a letter is missing
Xi Jinping                        | Li Keqiang               | wrong    | another person
Alexander Lukashenko / Lukashenko | Lukashenko               | accepted | the surname is accepted here
Alexander Lukashenko              | Lukashenko               | close    | the given name is missing
Alexander Lukashenko              | Lukashenko, Alexander    | accepted | surname, given
Alexander Lukashenko              | Alexander Lukashenka     | close    | one letter away
Alexander Lukashenko              | Lukaschenko, Alexander   | close    | one letter away, and turned round
Alexander Lukashenko              | Alexander Litvinenko     | wrong    | another person
Meng Wanzhou                      | Meng Wan Zhou            | accepted | space
Meng Wanzhou                      | Men Wanzhou              | close    | a letter is missing
Meng Wanzhou                      | Meng                     | close    | the given name is missing
John Smith                        | Smith, John              | accepted | surname, given
Smith, John                       | John Smith               | accepted | surname, given
John Smith                        | Jon Smith                | close    | a letter is missing
John Smith                        | Joan Smith               | close    | one letter away
John Smith                        | Joan Smith               | wrong    | another answer of the bank | Joan Smith
John Smith                        | John Smith or Joan Smith | wrong    | two answers for one
Henry VIII                        | Henry 8                  | accepted | a Roman numeral
Henry VIII                        | Henry the Eighth         | accepted | an ordinal in words
Henry VIII                        | henry viii               | exact    | case
Henry VIII                        | Henry the 8th            | accepted | an ordinal in digits
Henry VIII                        | Henry VII                | wrong    | another numeral
Henry VIII                        | Henry IX                 | wrong    | another numeral
Henry VIII                        | Henry                    | close    | the numeral is missing
Elizabeth II                      | Elizabeth the Second     | accepted | an ordinal in words
Elizabeth II                      | Elizabeth I              | wrong    | another numeral
Elizabeth II                      | Elisabeth II             | close    | one letter away
Elizabeth II                      | Elisabeth I              | wrong    | another numeral
Malcolm X                         | Malcolm X                | exact    | as shown
Malcolm X                         | Malcolm V                | wrong    | another letter, or numeral
J. R. R. Tolkien                  | JRR Tolkien              | accepted | full stops and spaces
J. R. R. Tolkien                  | J.R.R. Tolkien           | accepted | spaces
J. R. R. Tolkien                  | Tolkien, J. R. R.        | accepted | surname, given
O’Brien                           | O'Brien                  | exact    | two apostrophes
O’Brien                           | OBrien                   | accepted | no apostrophe
O’Brien                           | O'Bryan                  | wrong    | two letters away
Müller                            | Muller                   | accepted | an umlaut
Müller                            | Mueller                  | accepted | an umlaut as Germans write it without one
Müller                            | MÜLLER                   | exact    | case
Müller                            | Mu\u0308ller             | exact    | the umlaut as a mark of its own
Müller                            | Möller                   | close    | another umlaut
Recep Tayyip Erdoğan              | Recep Tayyip Erdogan     | accepted | a Turkish letter
Lech Wałęsa                       | Lech Walesa              | accepted | Polish letters
Søren Kierkegaard                 | Soren Kierkegaard        | accepted | a Danish letter
Nguyễn Phú Trọng                  | Nguyen Phu Trong         | accepted | Vietnamese marks
Dvořák                            | Dvorak                   | accepted | Czech letters
Dvořák                            | Dvorzak                  | close    | a letter too many
Æthelred                          | Aethelred                | accepted | a letter that does not decompose
Æthelred                          | Ethelred                 | close    | a letter is missing
François                          | Francois                 | accepted | a cedilla
François                          | Francoise                | close    | a letter too many
François                          | Françoise                | wrong    | another answer of the bank | Françoise
Jean-Paul Sartre                  | Jean Paul Sartre         | accepted | hyphen
Jean-Paul Sartre                  | Sartre                   | close    | the given name is missing
Королёв                           | королёв                  | exact    | case
Королёв                           | Королев                  | accepted | е is the usual way to write ё
Королёв                           | Korolev                  | wrong    | another script is another answer
毛泽东                            | 毛泽东                   | exact    | as shown
毛泽东                            | 毛泽西                   | wrong    | another character
毛泽东                            | mao ze dong              | wrong    | a transcription is another answer
Мария                             | Марии                    | close    | one letter away
안중근                            | 안중근                   | exact    | syllables, built from letters or not
"""

PLACE = """
Samarkand  | in Samarkand     | accepted | a preposition, as in a sentence
The Hague  | in The Hague     | accepted | with the article behind it
the Moon   | on the Moon      | accepted | another preposition
Samarkand  | at Samarkand     | accepted | and another
Samarkand  | to Samarkand     | close    | which says where to
Samarkand  | in Tashkent      | wrong    | another city
Samarkand  | in Samarkand or Tashkent | wrong | two answers for one
Bay of Bengal | The Bay of the Bengal | close | an article too many
São Tomé and Príncipe       | Sao Tome and Principe  | accepted | accents
São Tomé and Príncipe       | são tomé and príncipe  | exact    | case
São Tomé and Príncipe       | Sao Tome & Principe    | accepted | "&" is "and"
São Tomé and Príncipe       | São Tomé               | close    | one island of two
São Tomé and Príncipe       | Sao Tome and Prinicpe  | close    | two letters exchanged
São Tomé and Príncipe       | San Marino             | wrong    | another country
Pelješac Bridge             | Peljesac Bridge        | accepted | a caron
Pelješac Bridge             | the Pelješac bridge    | accepted | an article
Pelješac Bridge             | Peljesac               | close    | a word is missing
Pelješac Bridge             | Pelješac Brige         | close    | a letter is missing
Pelješac Bridge             | Peljeshac Bridge       | close    | a letter too many
Pelješac Bridge             | Pelješac Tunnel        | wrong    | another thing
Samarkand / Samarqand       | Samarkand              | exact    | as shown
Samarkand / Samarqand       | Samarqand              | accepted | the other accepted answer
Samarkand / Samarqand       | Samarquand             | close    | a letter too many
Samarkand                   | Samarkand, Uzbekistan  | close    | more than was asked
Samarkand                   | Tashkent               | wrong    | another city | Tashkent
Samarkand                   | tashkent.              | wrong    | another city | Tashkent
Samarkand                   | Bukhara                | wrong    | another city
The Hague                   | Hague                  | accepted | an article
The Hague                   | the hague              | exact    | case
The Hague                   | The Vague              | wrong    | five letters, one of them wrong, and a word of its own | Vague
The Gambia                  | Gambia                 | accepted | an article
Gambia                      | The Gambia             | accepted | an article
The Gambia                  | Gambia, The            | accepted | as an index has it
The Gambia                  | Zambia                 | wrong    | another country | Zambia
The Gambia                  | Zambia                 | close    | one letter away
La Paz                      | Paz                    | close    | "La" belongs to the name
La Paz                      | la paz                 | exact    | case
Los Angeles                 | Angeles                | close    | "Los" belongs to the name
Côte d’Ivoire               | Cote d'Ivoire          | accepted | an accent
Côte d’Ivoire               | cote divoire           | accepted | an accent and an apostrophe
Côte d’Ivoire               | Côte d'Ivore           | close    | a letter is missing
Côte d’Ivoire / Ivory Coast | Ivory Coast            | accepted | the other accepted answer
Łódź                        | Lodz                   | accepted | a letter that does not decompose
Łódź                        | Łodz                   | accepted | one accent missing
Øresund                     | Oresund                | accepted | a letter that does not decompose
Đà Nẵng                     | Da Nang                | accepted | Vietnamese letters
Þingvellir                  | Thingvellir            | accepted | an Icelandic letter
İstanbul                    | Istanbul               | accepted | a dotted capital
Istanbul                    | ıstanbul               | accepted | a dotless letter
Istanbul                    | İSTANBUL               | accepted | a dotted capital
Curaçao                     | Curacao                | accepted | a cedilla
Malmö                       | Malmo                  | accepted | an umlaut
Zürich                      | Zuerich                | accepted | an umlaut written out
Straße der Nationen         | Strasse der Nationen   | exact    | ß is ss
New York                    | NewYork                | accepted | no space
New York                    | New Yorker             | wrong    | two letters too many for seven
Timor-Leste                 | Timor Leste            | accepted | hyphen
Timor-Leste                 | East Timor             | wrong    | not what is accepted
Burkina Faso                | Burkina-Faso           | accepted | hyphen
Saint Lucia                 | St Lucia               | accepted | a usual short form
St. Petersburg              | Saint Petersburg       | accepted | a usual short form written out
St. Petersburg              | St Petersburg          | accepted | full stop
Mount Everest               | Mt. Everest            | accepted | a usual short form
Mount Everest               | Everest                | close    | a word is missing
South Korea                 | Korea, South           | accepted | as an index has it
South Korea                 | North Korea            | wrong    | another country | North Korea
South Korea                 | Korea                  | close    | which of them?
Guinea-Bissau               | Guinea Bissau          | accepted | hyphen
Guinea-Bissau               | Guinea                 | wrong    | another country | Guinea
Guinea-Bissau               | Guinea                 | close    | a word is missing
Guinea                      | Guinea-Bissau          | wrong    | another country | Guinea-Bissau
Guinea                      | Equatorial Guinea      | wrong    | another country | Equatorial Guinea
Dominican Republic          | Dominica               | wrong    | another country | Dominica
Dominican Republic          | the Dominican Republic | accepted | an article
Dominican Republic          | Domincan Republic      | close    | a letter is missing
Niger                       | Nigeria                | wrong    | two letters away
Austria                     | Australia              | wrong    | two letters away
Slovakia                    | Slovenia               | wrong    | another country | Slovenia
Slovakia                    | Slovenia               | close    | two letters away
Iran                        | Iraq                   | wrong    | a short word is not forgiven a letter
Mali                        | Malawi                 | wrong    | another country
Kyiv                        | Kiev                   | wrong    | not what is accepted
Kyiv / Kiev                 | kiev                   | accepted | the other accepted answer
Laos                        | Lao                    | wrong    | a short word is not forgiven a letter
Москва                      | москва                 | exact    | case
Москва                      | Масква                 | close    | one letter away
Москва                      | Moskva                 | wrong    | another script is another answer
Минск                       | Минcк                  | close    | a Latin letter among Cyrillic ones
北京                        | 北京                   | exact    | as shown
北京                        | 東京                   | wrong    | another city
北京                        | 京北                   | wrong    | the other way round
北京                        | Beijing                | wrong    | a transcription is another answer
北京 / Beijing              | Beijing                | accepted | the other accepted answer
北京                        | beijing                | wrong    | a transcription is another answer
カタカナ                    | ｶﾀｶﾅ                   | exact    | half-width characters
がいこう                    | かいこう               | wrong    | a mark that makes another sound
Αθήνα                       | ΑΘΉΝΑ                  | exact    | case
Αθήνα                       | Αθηνα                  | close    | only Latin letters lose their marks
القاهرة                     | القاهرة                | exact    | as shown
दिल्ली                       | दिल्ला                  | wrong    | another vowel
Zhanatas                    | Zanatas                | close    | a letter is missing
Angren–Pap railway          | Angren-Pap Railway     | exact    | a dash is a dash
Angren–Pap railway          | Angren Pap railway     | accepted | no dash
Angren–Pap railway          | Angren-Papu railway    | close    | a letter too many
Vientiane                   | Vientianne             | close    | a letter too many
Vientiane                   | Vietnam                | wrong    | another place
"""

TERM = """
multilateralism         | Multilateralism            | exact    | case
multilateralism         | multi-lateralism           | accepted | hyphen
multilateralism         | multi lateralism           | accepted | space
multilateralism         | multilateralsim            | close    | two letters exchanged
multilateralism         | multilaterlism             | close    | a letter is missing
multilateralism         | multilateral               | wrong    | three letters are missing
multilateralism         | unilateralism              | wrong    | another term
multilateralism         | bilateralism               | wrong    | another term
globalisation           | globalization              | accepted | American spelling
globalization           | globalisation              | accepted | British spelling
labour                  | labor                      | accepted | American spelling
programme               | program                    | accepted | American spelling
centre                  | center                     | accepted | American spelling
defence                 | defense                    | accepted | American spelling
aluminium               | aluminum                   | accepted | American spelling
traveller               | traveler                   | accepted | American spelling
catalogue               | catalog                    | accepted | American spelling
dialogue                | dialog                     | accepted | American spelling
grey                    | gray                       | accepted | American spelling
sulphur                 | sulfur                     | accepted | American spelling
haemoglobin             | hemoglobin                 | accepted | American spelling
anaemia                 | anemia                     | accepted | American spelling
foetus                  | fetus                      | accepted | American spelling
behaviour               | behavior                   | accepted | American spelling
judgement               | judgment                   | accepted | both are usual
analyse                 | analyze                    | accepted | American spelling
organisation            | organization               | accepted | American spelling
paediatrics             | pediatrics                 | accepted | American spelling
fibre optics            | fiber optics               | accepted | American spelling
prise                   | prize                      | wrong    | no spelling of the same word | prize
four                    | for                        | wrong    | another word
hour                    | hor                        | wrong    | no American spelling
wise                    | wize                       | wrong    | no American spelling
photosynthesis          | fotosynthesis              | close    | two letters away
photosynthesis          | photosyntesis              | close    | a letter is missing
photosynthesis          | chemosynthesis             | wrong    | another term
hyperglycaemia          | hypoglycaemia              | wrong    | the opposite | hypoglycaemia
hyperglycaemia          | hyperglycemia              | accepted | American spelling
endothermic             | exothermic                 | wrong    | the opposite | exothermic
mitosis                 | meiosis                    | wrong    | two letters away
mitosis                 | mitossis                   | close    | a letter too many
affect                  | effect                     | close    | one letter away
affect                  | effect                     | wrong    | another term of the bank | effect
stability               | instability                | wrong    | the negation
instability             | stability                  | wrong    | the negation is gone
direct                  | indirect                   | wrong    | the negation
indirect                | direct                     | wrong    | the negation is gone
symmetric               | asymmetric                 | wrong    | the negation
equality                | inequality                 | wrong    | the negation
conventional            | unconventional             | wrong    | the negation
conventional            | nonconventional            | wrong    | the negation
legal                   | illegal                    | wrong    | the negation
regular                 | irregular                  | wrong    | the negation
possible                | impossible                 | wrong    | the negation
tariff barrier          | non-tariff barrier         | wrong    | the negation
non-tariff barrier      | nontariff barrier          | accepted | hyphen
non-tariff barrier      | tariff barrier             | wrong    | the negation is gone
non-aligned             | nonaligned                 | accepted | hyphen
vitamin C               | Vitamin C                  | exact    | case
vitamin C               | vitamin D                  | wrong    | another letter
hepatitis A             | hepatitis B                | wrong    | another letter
Type I error            | Type 1 error               | accepted | a Roman numeral
Type I error            | Type II error              | wrong    | another numeral
C++                     | C                          | wrong    | what stands behind it matters
C++                     | c++                        | exact    | case
C                       | C++                        | wrong    | what stands behind it matters
C#                      | C++                        | wrong    | another sign
C#                      | C                          | wrong    | what stands behind it matters
A+                      | A-                         | wrong    | another sign
A+                      | A                          | wrong    | the sign is missing
O−                      | O-                         | exact    | two ways to type a minus
O−                      | O+                         | wrong    | another sign
pH                      | ph                         | exact    | a term's case does not matter
wind turbine            | windturbine                | accepted | no space
wind turbine            | wind-turbine               | accepted | hyphen
wind turbine            | fan                        | wrong    | another thing
wind turbine            | wind turbines              | close    | one letter too many
wind turbine            | gas turbine                | wrong    | another thing
purchasing power parity | purchasing-power parity    | accepted | hyphen
purchasing power parity | purchasing power           | close    | a word is missing
purchasing power parity | purchasing power disparity | wrong    | another thing
2030 Agenda             | 2030 agenda                | exact    | case
2030 Agenda             | 2020 Agenda                | wrong    | another digit
2030 Agenda             | the 2030 Agenda            | accepted | an article
многополярность         | Многополярность            | exact    | case
многополярность         | многополярнось             | close    | a letter is missing
多边主义                | 多边主义                   | exact    | as shown
多边主义                | 单边主义                   | wrong    | another term
naïve                   | naive                      | accepted | a diaeresis
coöperation             | cooperation                | accepted | a diaeresis
cooperation             | co-operation               | accepted | hyphen
"""

DATE = """
31 October 1517   | Saturday, 31 October 1517 | accepted | before 1583 calendars differ
15 September 2022 | 15 September 2022           | exact    | as shown
15 September 2022 | 15 SEPTEMBER 2022           | exact    | case
15 September 2022 | September 15, 2022          | accepted | month first
15 September 2022 | September 15th, 2022        | accepted | an ordinal
15 September 2022 | 15 Sept 2022                | accepted | a short form
15 September 2022 | 15 Sep. 2022                | accepted | a short form
15 September 2022 | 15th of September 2022      | accepted | an ordinal
15 September 2022 | the 15th of September, 2022 | accepted | an ordinal with an article
15 September 2022 | on 15 September 2022        | accepted | a preposition
15 September 2022 | 2022-09-15                  | accepted | ISO 8601
15 September 2022 | 15.09.2022                  | accepted | there is no fifteenth month
15 September 2022 | 15/9/2022                   | accepted | there is no fifteenth month
15 September 2022 | 9/15/2022                   | accepted | there is no fifteenth month
15 September 2022 | 2022/09/15                  | accepted | year first
15 September 2022 | 15-Sep-2022                 | accepted | a short form
15 September 2022 | 2022年9月15日               | accepted | as in Chinese and Japanese
15 September 2022 | Thursday, 15 September 2022 | accepted | with its weekday
15 September 2022 | September 2022              | close    | the day is missing
15 September 2022 | 2022                        | close    | day and month are missing
15 September 2022 | 15 September                | close    | the year is missing
15 September 2022 | September                   | close    | day and year are missing
15 September 2022 | 16 September 2022           | wrong    | another day
15 September 2022 | 15 October 2022             | wrong    | another month
15 September 2022 | 15 September 2021           | wrong    | another year
15 September 2022 | September 2021              | wrong    | another year
15 September 2022 | 15 Septembr 2022            | close    | a letter is missing
15 September 2022 | 15 September 2022 BC        | wrong    | another era
15 September 2022 | 15 or 16 September 2022     | wrong    | two answers for one
15 September 2022 | 15-16 September 2022        | wrong    | a range is no day
15 September 2022 | yesterday                   | wrong    | no date
15 September 2022 |                             | wrong    | nothing
3 April 2022      | 3/4/2022                    | close    | which is the month?
3 April 2022      | 4/3/2022                    | close    | which is the month?
3 April 2022      | 03.04.2022                  | close    | which is the month?
3 April 2022      | 5/6/2022                    | wrong    | neither reading is right
3 April 2022      | 2022-04-03                  | accepted | year first is never read another way
3 April 2022      | 2022-03-04                  | wrong    | year first is never read another way
5 May 2022        | 5/5/2022                    | accepted | both readings are the same
28 February 2021  | 29 February 2021            | wrong    | no such day
30 April 2022     | 31 April 2022               | wrong    | no such day
1 January 2000    | Jan 1, 2000                 | accepted | a short form
1 January 2000    | 1st January 2000            | accepted | an ordinal
1 January 2000    | first of January 2000       | accepted | an ordinal in words
September 2022    | Sept. 2022                  | accepted | a short form
September 2022    | September, 2022             | accepted | a comma
September 2022    | 2022-09                     | accepted | ISO 8601
September 2022    | 09/2022                     | accepted | in digits
September 2022    | 9/2022                      | accepted | in digits
September 2022    | 2022 September              | accepted | year first
September 2022    | September 2021              | wrong    | another year
September 2022    | November 2022               | wrong    | another month
September 2022    | 2022                        | close    | the month is missing
September 2022    | 15 September 2022           | close    | more than was asked
2013              | 2013                        | exact    | as shown
2013              | ２０１３                    | exact    | full-width digits
2013              | ٢٠١٣                        | accepted | Arabic digits
2013              | in 2013                     | accepted | a preposition
2013              | 2013 AD                     | accepted | the era that is meant
2013              | 2013 CE                     | accepted | the era that is meant
2013              | AD 2013                     | accepted | the era that is meant
2013              | 2013 BC                     | wrong    | another era
2013              | 2014                        | wrong    | another year
2013              | 2031                        | wrong    | digits exchanged
2013              | 213                         | wrong    | a digit is missing
2013              | 20133                       | wrong    | a digit too many
2013              | 2013 or 2014                | wrong    | two answers for one
2013              | 2013-2014                   | wrong    | a range is no year
2013              | not 2013                    | wrong    | a negation
2013              | September 2013              | close    | more than was asked
1978–1982         | 1978-1982                   | exact    | a dash is a dash
1978–1982         | 1978-82                     | accepted | the century is not said twice
1978–1982         | 1978 to 1982                | accepted | a range in words
1978–1982         | from 1978 to 1982           | accepted | a range in words
1978–1982         | between 1978 and 1982       | accepted | a range in words
1978–1982         | 1978 – 1982                 | accepted | spaces
1978–1982         | 1978                        | close    | the end is missing
1978–1982         | 1979-1982                   | wrong    | another year
1978–1982         | 1978-83                     | wrong    | another year
1978–1982         | 1982-1978                   | wrong    | the wrong way round
1914–1918         | 1914-18                     | accepted | the century is not said twice
1914–1918         | 1914-19                     | wrong    | another year
1914–1918         | 14 September 1918           | wrong    | a day is no range
221 BC            | 221 BCE                     | accepted | the same era
221 BC            | 221 B.C.                    | accepted | full stops
221 BC            | 221 bc                      | exact    | case
221 BC            | 221BC                       | accepted | no space
221 BC            | 221 AD                      | wrong    | another era
221 BC            | 221                         | close    | the era is missing
221 BC            | 212 BC                      | wrong    | digits exchanged
AD 79             | 79 AD                       | accepted | the era behind
AD 79             | 79 CE                       | accepted | the same era
AD 79             | 79                          | accepted | the era that is meant
AD 79             | 79 BC                       | wrong    | another era
8th century       | eighth century              | accepted | an ordinal in words
8th century       | the 8th century             | accepted | an article
8th century       | VIII century                | accepted | a Roman numeral
8th century       | 8th c.                      | accepted | a short form
8th century       | 9th century                 | wrong    | another century
8th century       | 8th century BC              | wrong    | another era
8th century       | 8th                         | close    | eighth what?
1960s             | the 1960s                   | accepted | an article
1960s             | 1960's                      | accepted | an apostrophe
1960s             | 1970s                       | wrong    | another decade
1960s             | 1960                        | close    | a year is no decade
12 April 1961     | April 12 1961               | accepted | month first
12 April 1961     | Apr. 12, 1961               | accepted | a short form
12 April 1961     | 12.4.1961                   | close    | which is the month?
12 April 1961     | 12 Avril 1961               | close    | a letter away
12 April 1961     | 12 April                    | close    | the year is missing
14 July           | July 14                     | accepted | month first
14 July           | 14th July                   | accepted | an ordinal
14 July           | 14 July 1789                | close    | more than was asked
14 July           | 4 July                      | wrong    | another day
5 November 2022 / 5 November                | 5 November                                     | accepted | the other accepted answer
5 November 2022 / 5 November                | November 2014                                  | wrong    | another year than the full answer has
5 November 2022 / 5 November                | 5 November 2021                                | wrong    | another year than the full answer has
5 November 2022 / 5 November                | Nov 5                                          | accepted | the other accepted answer, month first
5 November 2022 / 5 November                | November                                       | close    | the day is missing
7 September 2013                            | 7 Sept 13                                      | close    | a year in two digits
7 September 2013                            | 8 Sept 13                                      | wrong    | another day
16 October 2022                             | 16/10/22                                       | close    | a year in two digits
2013                                        | '13                                            | close    | a year in two digits
2013                                        | 13                                             | close    | a year in two digits
2013                                        | '14                                            | wrong    | another year
"""

NUMBER = """
181                           | 18l                                  | wrong    | a letter for a digit
10                            | 1O                                   | wrong    | a letter for a digit
1                             | 1O                                   | wrong    | a letter for a digit
40                            | twenty twenty                        | wrong    | two numbers
100                           | fifty-fifty                          | wrong    | two numbers
1                             | someone                              | wrong    | no number
1½                            | 1 1/2                                | exact    | two ways to type a fraction
1½                            | 11/2                                 | wrong    | another value
1½                            | 1.5                                  | accepted | the same value
5 MW                          | 5 mW                                 | wrong    | a million or a thousandth
5 MW                          | 5 MW                                 | exact    | as shown
5 kW                          | 5 kw                                 | exact    | a keyboard's small letter
at least 150                  | 150 or more                          | accepted | the same in other words
at least 150                  | up to 150                            | wrong    | the other side of it
100                           | 100+                                 | close    | the number itself is asked for
181                           | 181                                  | exact    | as shown
181                           | １８１                               | exact    | full-width digits
181                           | ١٨١                                  | accepted | Arabic digits
181                           | १८१                                  | accepted | Devanagari digits
181                           | one hundred and eighty-one           | accepted | in words
181                           | one hundred eighty one               | accepted | in words, as Americans say it
181                           | 181.0                                | accepted | the same value
181                           | 181.                                 | accepted | a full stop
181                           | +181                                 | accepted | a plus
181                           | 0181                                 | accepted | a leading nought
181                           | about 181                            | close    | the number itself is asked for
181                           | -181                                 | wrong    | another sign
181                           | 118                                  | wrong    | digits exchanged
181                           | 171                                  | wrong    | another digit | 171 / 178 / 190
181                           | 18                                   | wrong    | a digit is missing
181                           | 1811                                 | wrong    | a digit too many
181                           | 181 million                          | wrong    | another scale
181                           | 181 or 182                           | wrong    | two answers for one
181                           | 181-182                              | wrong    | a range is no number
181                           | 180                                  | wrong    | near is not right
181                           | 181 countries                        | accepted | a noun is no unit
230 billion                   | 230 billion dollars                  | close    | the unit may be that of the question
230 billion                   | US$ 230 billion                      | close    | in front as well
230 billion                   | 230 million dollars                  | wrong    | another number
5                             | 5 kg                                 | close    | nobody knows whether kilograms are meant
5                             | 5 %                                  | wrong    | a share is another number
181                           | many                                 | wrong    | no number
181                           | nan                                  | wrong    | no number
181                           | inf                                  | wrong    | no number
181                           |                                      | wrong    | nothing
181                           | not 181                              | wrong    | a negation
1,234,567                     | 1234567                              | accepted | no separators
1,234,567                     | 1 234 567                            | accepted | spaces
1,234,567                     | 1'234'567                            | accepted | apostrophes
1,234,567                     | 1.234.567                            | accepted | points
1,234,567                     | 1\u202f234\u202f567                  | accepted | narrow spaces
1,234,567                     | 1.234567 million                     | accepted | a scale
1,234,567                     | 1,234,576                            | wrong    | digits exchanged
1,234,567                     | 123,456                              | wrong    | a digit is missing
1,234                         | 1234                                 | accepted | no separator
1234                          | 1,234                                | accepted | thousands
1234                          | 1.234                                | close    | thousands or decimals?
1.234                         | 1,234                                | close    | thousands or decimals?
346,000                       | 346 thousand                         | accepted | a scale word
346,000                       | 346k                                 | accepted | a scale letter
346,000                       | three hundred and forty-six thousand | accepted | in words
346,000                       | 1000                                 | wrong    | the thousand is not all of it
346,000                       | 346                                  | wrong    | the scale is missing
346,000                       | 346 million                          | wrong    | another scale
3.14                          | 3,14                                 | accepted | a decimal comma
3.14                          | 314                                  | wrong    | the point is missing
3.14                          | 3.15                                 | wrong    | another digit
3.14                          | 3.140                                | accepted | the same value
3.14                          | three point one four                 | accepted | in words
0.5                           | .5                                   | accepted | no nought before the point
0.5                           | 1/2                                  | accepted | a fraction
0.5                           | ½                                    | accepted | a fraction in one character
0.5                           | one half                             | accepted | in words
0.5                           | 5                                    | wrong    | the point is missing
0.5                           | 0.05                                 | wrong    | another value
11 trillion                   | 11 trillion                          | exact    | as shown
11 trillion                   | 11,000,000,000,000                   | accepted | written out
11 trillion                   | eleven trillion                      | accepted | in words
11 trillion                   | 11 tn                                | accepted | a short scale word
11 trillion                   | 11000 billion                        | accepted | another scale, the same value
11 trillion                   | 11e12                                | accepted | with an exponent
11 trillion                   | 1.1e13                               | accepted | with an exponent
11 trillion                   | 1.1 × 10^13                          | accepted | a power of ten
11 trillion                   | 1.1×10¹³                             | accepted | a power of ten, raised
11 trillion                   | 11 billion                           | wrong    | another scale
11 trillion                   | 11                                   | wrong    | the scale is missing
11 trillion                   | 1.1 trillion                         | wrong    | another value
11 trillion                   | 12 trillion                          | wrong    | another value
11 trillion US dollars        | 11 trillion US dollars               | exact    | as shown
11 trillion US dollars        | $11 trillion                         | accepted | a sign for the unit
11 trillion US dollars        | US$11 trillion                       | accepted | a sign for the unit
11 trillion US dollars        | 11 trillion USD                      | accepted | a code for the unit
11 trillion US dollars        | 11 trillion dollars                  | accepted | dollars
11 trillion US dollars        | eleven trillion dollars              | accepted | in words
11 trillion US dollars        | nearly 11 trillion US dollars        | close    | the number itself is asked for
11 trillion US dollars        | 11 trillion                          | close    | the unit is missing
11 trillion US dollars        | 11 trillion yuan                     | wrong    | another unit
11 trillion US dollars        | €11 trillion                         | wrong    | another unit
11 trillion US dollars        | 11 billion US dollars                | wrong    | another scale
nearly 11 trillion US dollars | almost 11 trillion US dollars        | accepted | the same in other words
nearly 11 trillion US dollars | 11 trillion US dollars               | accepted | a rounded number is the number
nearly 11 trillion US dollars | more than 11 trillion US dollars     | wrong    | the other side of it
more than 150                 | over 150                             | accepted | the same in other words
more than 150                 | 150                                  | accepted | a rounded number is the number
more than 150                 | less than 150                        | wrong    | the other side of it
more than 150                 | fewer than 150                       | wrong    | the other side of it
50%                           | 50 %                                 | accepted | a space
50%                           | 50 percent                           | accepted | in words
50%                           | 50 per cent                          | accepted | in words
50%                           | fifty percent                        | accepted | in words
50%                           | 0.5                                  | accepted | the same value
50%                           | 50                                   | close    | the sign is missing
50%                           | 5%                                   | wrong    | another value
50%                           | 500%                                 | wrong    | another value
-40                           | −40                                  | exact    | two ways to type a minus
-40                           | minus 40                             | accepted | in words
-40                           | minus forty                          | accepted | in words
-40                           | 40                                   | wrong    | the sign is missing
-40                           | - 40                                 | accepted | a space
3.5 km                        | 3.5km                                | accepted | no space
3.5 km                        | 3500 m                               | accepted | another unit, the same length
3.5 km                        | 3,500 metres                         | accepted | another unit, the same length
3.5 km                        | 3.5 kilometres                       | accepted | the unit in words
3.5 km                        | 3.5 kilometers                       | accepted | the unit in American words
3.5 km                        | 3,5 km                               | accepted | a decimal comma
3.5 km                        | 3.5                                  | close    | the unit is missing
3.5 km                        | 3.5 m                                | wrong    | another unit
3.5 km                        | 3.5 miles                            | wrong    | another unit
3.5 km                        | 3.5 kg                               | wrong    | another unit
3.5 km                        | 350 m                                | wrong    | another value
2,440 m                       | 2.44 km                              | accepted | another unit, the same length
2,440 m                       | 2404 m                               | wrong    | digits exchanged
1.5 million                   | 1,500,000                            | accepted | written out
1.5 million                   | one point five million               | accepted | in words
1.5 million                   | one and a half million               | accepted | in words
1.5 million                   | 15 million                           | wrong    | the point is missing
1000                          | 1e3                                  | accepted | with an exponent
1000                          | 10^3                                 | accepted | a power
1000                          | 10³                                  | accepted | a power, raised
1000                          | a thousand                           | accepted | in words
1000                          | 103                                  | wrong    | a power is no digit
103                           | 10³                                  | wrong    | a digit is no power
100                           | a hundred                            | accepted | in words
100                           | one hundred                          | accepted | in words
100                           | 100 to 200                           | wrong    | a range is no number
12                            | twelve                               | accepted | in words
12                            | XII                                  | accepted | a Roman numeral
12                            | 12 or so                             | close    | with words that may or may not fit
12                            | 21                                   | wrong    | digits exchanged
0                             | zero                                 | accepted | in words
0                             | -0                                   | accepted | the same value
0                             | o                                    | wrong    | a letter
16                            | 0x10                                 | wrong    | no number for people
200 °C                        | 200 C                                | accepted | a degree sign not to be found on the keyboard
200 °C                        | 200 °F                               | wrong    | another unit
200 °C                        | 200 degrees                          | close    | degrees of what?
200 °C                        | 210 degrees                          | wrong    | another number
5                                           | 5 May                                          | wrong    | a date
0.5                                         | 0,500                                          | accepted | a decimal comma
500                                         | 0,500                                          | wrong    | a decimal comma
150 countries                               | 150                                            | accepted | a noun is no unit
150 countries                               | 150 nations                                    | close    | another word for them, or another thing
150 countries                               | 151 nations                                    | wrong    | another number
5.3%                                        | 5.3 percentage points                          | wrong    | another unit
"""

SET = """
Kazakhstan, Russia                   | Kazakhstan, Rusia, Russa                 | wrong    | two slips of one member
Kazakhstan, Russia, Mongolia             | Kazakhstan, Russia, Mongolia             | exact    | as shown
Kazakhstan, Russia, Mongolia             | Mongolia, Kazakhstan, Russia             | accepted | in any order
Kazakhstan, Russia, Mongolia             | russia; mongolia; kazakhstan             | accepted | semicolons
Kazakhstan, Russia, Mongolia             | Russia, Mongolia and Kazakhstan          | accepted | and
Kazakhstan, Russia, Mongolia             | Russia, Mongolia, and Kazakhstan         | accepted | a comma and an "and"
Kazakhstan, Russia, Mongolia             | Russia & Mongolia & Kazakhstan           | accepted | "&"
Kazakhstan, Russia, Mongolia             | Russia, Mongolia                         | close    | one is missing
Kazakhstan, Russia, Mongolia             | Russia                                   | close    | two are missing
Kazakhstan, Russia, Mongolia             | Russia, Mongolia, Kazakstan              | close    | a letter is missing
Kazakhstan, Russia, Mongolia             | Russia, Mongolia, Uzbekistan             | wrong    | one is another
Kazakhstan, Russia, Mongolia             | Russia, Mongolia, Kazakhstan, China      | wrong    | one too many
Kazakhstan, Russia, Mongolia             | Russia, Uzbekistan                       | wrong    | one is another
Kazakhstan, Russia, Mongolia             | Russia, Russia, Russia                   | wrong    | one thing said three times
Kazakhstan, Russia, Mongolia             | Russia, Mongolia or Kazakhstan           | wrong    | or is not and
Kazakhstan, Russia, Mongolia             |                                          | wrong    | nothing
Kazakhstan, Russia, Mongolia             | ,,,                                      | wrong    | nothing but commas
Serbia; Bosnia and Herzegovina           | Serbia, Bosnia and Herzegovina           | accepted | an "and" inside a name
Serbia; Bosnia and Herzegovina           | Bosnia and Herzegovina, Serbia           | accepted | an "and" inside a name
Serbia; Bosnia and Herzegovina           | Bosnia and Herzegovina and Serbia        | accepted | an "and" inside a name and one between
Serbia; Bosnia and Herzegovina           | Bosnia & Herzegovina; Serbia             | accepted | "&" inside a name
Serbia; Bosnia and Herzegovina           | Serbia                                   | close    | one is missing
vitamin E, vitamin D                     | vitamin E and vitamin D                  | accepted | an "e" that is no "and"
Henry I, Henry II                        | Henry II and Henry I                     | accepted | an "i" that is no "and"
Trinidad and Tobago, Antigua and Barbuda | Antigua and Barbuda, Trinidad and Tobago | accepted | two names with "and"
Washington, D.C.; Beijing                | Beijing; Washington DC                   | accepted | a comma inside a name
Washington, D.C.; Beijing                | Beijing; Moscow                          | wrong    | one is another
2016, 2017, 2021                         | 2021, 2016, 2017                         | accepted | in any order
2016, 2017, 2021                         | 2016, 2017, 2020                         | wrong    | another digit
2016, 2017, 2021                         | 2016, 2021                               | close    | one is missing
red, green, blue                         | blue green red                           | accepted | spaces between single words
red, green, blue                         | blue, green, red                         | accepted | in any order
red, green, blue                         | blue, green, rad                         | wrong    | a short word is not forgiven a letter
red, green, blue / cyan, magenta, yellow | yellow, cyan, magenta                    | accepted | the other accepted set
red, green, blue / cyan, magenta, yellow | red, green, yellow                       | wrong    | half of each
São Tomé, Malabo                         | malabo, sao tome                         | accepted | an accent
Benelux, EFTA                            | EFTA, the Benelux                        | accepted | an article
Lisbon, Porto                            | Lisbon, Faro                             | wrong    | one is another | Faro
a, b                                        | b/a                                            | accepted | a stroke between
Comoros, Zambia                             | Zambia+Comoros                                 | accepted | a plus between
Comoros, Zambia                             | Zambia and the Comoros                         | accepted | and
Ladoga / Onega                              | Onega, Ladoga                                  | accepted | members given one by one
Ladoga / Onega                              | Ladoga                                         | close    | one member is not all of them
Serbia / Bosnia and Herzegovina             | Bosnia and Herzegovina, Serbia                 | accepted | one of the members has an "and"
"""

LIST = """
Beijing, Moscow, Astana | Beijing, Moscow, Astana         | exact    | as shown
Beijing, Moscow, Astana | beijing; moscow; astana         | accepted | semicolons
Beijing, Moscow, Astana | Beijing, Moscow and Astana      | accepted | and
Beijing, Moscow, Astana | Astana, Moscow, Beijing         | wrong    | the other way round
Beijing, Moscow, Astana | Beijing, Astana, Moscow         | wrong    | two exchanged
Beijing, Moscow, Astana | Beijing, Moscow                 | close    | one is missing
Beijing, Moscow, Astana | Beijing, Moscow, Astna          | close    | a letter is missing
Beijing, Moscow, Astana | Beijing, Moscow, Minsk          | wrong    | one is another
Beijing, Moscow, Astana | Beijing, Moscow, Astana, Minsk  | wrong    | one too many
Beijing, Moscow, Astana | Beijing, Moscow, Moscow, Astana | wrong    | one too many
Beijing, Moscow, Astana |                                 | wrong    | nothing
1, 1, 2, 3, 5           | 1, 1, 2, 3, 5                   | exact    | as shown
1, 1, 2, 3, 5           | 1; 1; 2; 3; 5                   | accepted | semicolons
1, 1, 2, 3, 5           | 1, 2, 1, 3, 5                   | wrong    | two exchanged
1, 1, 2, 3, 5           | 1, 1, 2, 3, 8                   | wrong    | another digit
1, 1, 2, 3, 5           | 1, 1, 2, 3                      | close    | one is missing
mercury, venus, earth   | Mercury, Venus, Earth           | exact    | case
mercury, venus, earth   | mercury; venus; the earth       | accepted | an article
ice, water, steam       | steam, water, ice               | wrong    | the other way round
ice, water, steam       | ice, water, steam or gas        | wrong    | two answers for one
1, 2, 3                                     | 1,2,3                                          | accepted | no spaces
1, 2, 3                                     | 1 2 3                                          | accepted | spaces alone
1, 2, 3                                     | 1,3,2                                          | wrong    | two exchanged
"""

SYMBOL = """
CO2     | CO2     | exact    | as shown
CO2     | CO₂     | exact    | a lowered digit
CO₂     | CO2     | exact    | a lowered digit
CO2     | Co2     | wrong    | case matters: cobalt
CO2     | co2     | wrong    | case matters
CO2     | CO      | wrong    | another compound
CO2     | CO3     | wrong    | another digit
NaCl    | NACL    | wrong    | case matters
NaCl    | NaCl    | exact    | as shown
Na+     | Na⁺     | exact    | a raised sign
Na+     | Na-     | wrong    | another sign
Na+     | Na      | wrong    | the sign is missing
Ca2+    | Ca²⁺    | exact    | raised
kW      | kw      | wrong    | case matters
mW      | MW      | wrong    | a thousandth or a million
µ       | μ       | exact    | micro sign and Greek letter
Ω       | Ω       | exact    | ohm sign and Greek letter
℃       | °C      | exact    | one character or two
E = mc² | E=mc^2  | exact    | two ways to type a power
E = mc² | E = mc² | exact    | as shown
E = mc² | E=mc²   | exact    | spaces do not matter in a formula
E = mc² | E=mc^3  | wrong    | another power
x²      | x2      | wrong    | a power is no digit
x²      | x³      | wrong    | another power
x       | X       | wrong    | case matters
≥       | >       | wrong    | another symbol
≥       | ≤       | wrong    | another symbol
<       | >       | wrong    | another symbol
é       | e       | wrong    | symbols are not folded
→       | ←       | wrong    | another symbol
§       | §       | exact    | as shown
≥                                           | >=                                             | exact    | as a keyboard has it
≥                                           | =>                                             | wrong    | another symbol
"""

CODE = """
print(x)           | print(x)            | exact    | as shown
print(x)           | Print(x)            | wrong    | case matters
print(x)           | print(y)            | wrong    | another name
print(x)           | print x             | wrong    | punctuation matters
x == 1             | x = 1               | wrong    | punctuation matters
x == 1             | x == 1              | exact    | as shown
git add -A         | git add -A          | exact    | as shown
git add -A         | git add -a          | wrong    | case matters
git add -A         | git add             | wrong    | half a command is another one
git commit --amend | git commit --ammend | wrong    | code is not forgiven a letter
True               | true                | wrong    | case matters
len(s)             | length(s)           | wrong    | another name
print("a")         | print(“a”)          | accepted | quotes that a keyboard made curly
ls -l              | ls –l               | accepted | a dash that a keyboard made long
a + b              | a - b               | wrong    | another sign
a[0]               | a[1]                | wrong    | another digit
naïve              | naive               | wrong    | code is not folded
not x              | x                   | wrong    | the negation is gone
x²                 | x2                  | wrong    | code is not folded
"""

TABLES: dict[Kind, str] = {
    "text": TEXT,
    "name": NAME,
    "place": PLACE,
    "term": TERM,
    "date": DATE,
    "number": NUMBER,
    "set": SET,
    "list": LIST,
    "symbol": SYMBOL,
    "code": CODE,
}
GRADES: dict[str, Grade] = {
    "exact": "exact",
    "accepted": "accepted",
    "close": "close",
    "wrong": "wrong",
}


def _several(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(" / ")) if cell else ()


def _rows(kind: Kind, table: str) -> list[Row]:
    rows = []
    for line in table.strip().splitlines():
        accepted, typed, grade, why, confusable = (
            cell.strip() for cell in (line + "|").split("|", maxsplit=5)[:5]
        )
        rows.append(Row(_several(accepted), typed, kind, _several(confusable), GRADES[grade], why))
    return rows


ROWS: tuple[Row, ...] = tuple(row for kind, table in TABLES.items() for row in _rows(kind, table))
