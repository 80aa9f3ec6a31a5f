import type { Lexicon } from './lexicon.ts';

export const german: Lexicon = {
  letters: 'äöüß',
  words: {
    plain: `der die das den dem des ein eine einen einem einer eines dieser diese dieses diesen diesem
      dies er sie es ihr ihre ihren ihrem ihrer ihres sein seine seinen seinem seiner dessen deren
      ihm ihnen sich selbst dort hier in im an am auf für mit als ist sind       hat haben du deines unser unsere unseren unserem unserer unseres neues dem beträgt betragen
      dagegen jeder jede jedes sowie wenn ergibt darauf daraus woraus
      dein deine deinen deinem deiner ihr zu zum zur bei beim aus von vom durch
      derzeit aktuell heute nun jetzt momentan auch dabei davon dafür damit wie darin daran
      anteil anteils teil teils stück position macht machen ausmacht ausmachen stellt stellen steht
      stehen liegt liegen trägt tragen bringt bringen steuert steuern bei beiträgt beitragen
      entfällt entfallen stammt stammen kommt kommen verursacht verursachen steckt stecken bildet
      bilden entspricht entsprechen sorgt sorgen verantwortlich gerade genau jeweils pro je
      ergibt ergeben heißt bedeutet
      insgesamt dem welcher welche welches der dazu klasse fonds steht genutzt`,
    and: 'und aber während doch jedoch wobei hingegen',
    because: 'weil denn da  grund gründe wegen aufgrund dank folge',
    from: 'von',
    before: 'vorher zuvor bisher bislang früher war waren',
    to: 'auf zu bei nun jetzt ',
    by: 'um von',
    about: 'etwa rund ungefähr circa zirka schätzungsweise geschätzt geschätzte geschätzten',
    would: 'brächte brächten einbrächte ergäbe würde würden könnte könnten dürfte dürften',
    up: `steigen steigt stieg stiegen gestiegen ansteigen angestiegen wachsen wächst wuchs gewachsen
      erhöht erhöhen erhöhte erhöhten zugenommen zunahme anstieg zunehmen höher höhere höheren gestiegene
      gestiegenen zulegen zugelegt`,
    down: `fallen fällt fiel fielen gefallen sinken sinkt sank sanken gesunken abgenommen abnahme abnehmen
      rückgang zurückgegangen schrumpfen schrumpft verringert verringern reduziert geringer geringere
      geringeren niedriger niedrigere niedrigeren gesunkene gesunkenen`,
    more: 'mehr zusätzlich zusätzliche zusätzlicher zusätzliches zusätzlichen weiterer weitere weiteren weiteres übersteigt höher',
    less: 'weniger geringer niedriger kleiner',
    most: 'höchstens maximum höchstwert obergrenze höchstgrenze höchste höchsten maximal maximale maximalen höchstanteil oberen obere deckel',
    least:
      'mindestens minimum mindestwert untergrenze mindestgrenze kleinste niedrigste niedrigsten minimal minimale minimalen mindestanteil unteren untere',
    limit: `grenze limit erlaubt erlaubte erlaubten zulässig zulässige zulässigen zulässiger erlaubter budget
      risikogrenze risikolimit risikobudget rahmen schwankungsgrenze erlauben`,
    money:
      'geld geldes gelds portfolio portfolios depot depots kapital kapitals vermögen vermögens anlage anlagen anlagebetrag anlagebetrags',
    risk: 'risiko risikos risiken gesamtrisiko gesamtrisikos portfoliorisiko portfoliorisikos',
    volatility: `volatilität schwankung schwankungen schwanken schwankt schwankte schwankten schwankungsbreite
      schwankungsgrenze wertschwankung wertschwankungen`,
    return: 'rendite renditen ertrag ertrags erträge jahresrendite',
    expected: 'erwartete erwarteten erwarteter erwartetem erwartet erwartende erwartenden',
    cost: 'kostet kosten kostete gebühren handelskosten',
    trade:
      'handel handels handeln gehandelt umschichten umschichtung umschichtungen umschichtens transaktion transaktionen tausch kauf',
    amount: 'betrag betrags betrages summe gehandelten',
    stay: 'bleibt bleiben blieb belassen verbleibt verbleiben unverändert gehalten weiterhin',
    benefit: 'änderung veränderung anpassung nutzen vorteil gewinn umschichtung wechsel',
    add: 'bringen brächte brächten einbringen bringt einbrächte ergeben ergäbe hinzufügen beitragen mehrertrag zusätzlich einbringt',
    point: 'punkt prozentpunkt punktes prozentpunkts',
    year: 'jahr jahres jährlich jährliche jährlichen jährlicher pro jahres jahresrendite jährliches jährlichem',
    apart:
      'allein alleine einzeln einzelnen einzelne jeder jede jedes bestandteile teile bausteine anlagen durchschnitt durchschnittlich mittel sich genommen anlage anlagen bestandteil baustein schnitt',
    mix: 'mischung zusammen gemeinsam ganze ganzen gesamt gesamte gesamten kombination portfolio depot gemisch mix insgesamt',
    full: 'voll vollständig ganz ausgeschöpft aufgebraucht ausgenutzt komplett ausgereizt völlig',
    need: 'braucht benötigt brauchen benötigen nötig nötige nötigen erforderlich erforderliche erfordert verlangt notwendig',
    changed:
      'neues verändert veränderte veränderten veränderter geändert geänderte geänderten geänderter neue neuer neuen änderung veränderung',
    correlation: 'korrelation korrelationen gleichlauf zusammenspiel',
    profile: 'risikoprofil risikoprofils',
    goal: 'ziel ziels zieles',
    holdings: 'bestand bestände bestands beständen besitz',
    act: 'belassen handeln tragen bringen stellen steigen erhöhen verringern',
    becomes: 'wird werden',
    so: 'daher deshalb deswegen also somit folglich darum sodass',
    reach: 'erreicht erreichen',
  },
  phrases: [
    ['by', 'des gesamten'],
    ['plain', 'und zwar|für sich genommen(?= kein)'],
    ['by', 'um'],
    ['need', '(?:gerade |genau )?so viel'],
    ['year', 'auf jahressicht|im laufe eines jahres'],
    [
      'not-together',
      '(?:(?:die|seine|deine) )?(?:(?:einzelnen )?(?:teile|bausteine|bestandteile|anlagen) )?(?:(?:des portfolios|der mischung|des depots) )?(?:(?:fallen|sinken|schwanken|bewegen sich|verlieren|geben) )?(?:(?:die|seine) (?:einzelnen )?(?:teile|bausteine|bestandteile|anlagen) )?nicht (?:alle(?:s)? )?(?:zusammen|gemeinsam|gleichzeitig|zugleich|auf einmal|im gleichschritt|im gleichtakt)(?: (?:fallen|sinken|schwanken|nach))?',
    ],
    ['no-more', '(?:und |aber )?(?:nicht mehr|kein bisschen mehr|nicht darüber hinaus|mehr nicht)'],
    [
      'correlation',
      '(?:die |der )?(?:veränderte[nr]? )?(?:art, )?wie (?:sich )?(?:die )?anlagen (?:sich )?(?:gemeinsam|zusammen|miteinander) (?:bewegen|schwanken)|(?:das |dem |des )?(?:veränderte[ns]? )?zusammenspiels?(?: der anlagen)?',
    ],
    [
      'wish',
      'was du von der methode (?:verlangt|gewünscht|gefordert) hast|dein(?:e[nr]?)? eigenen (?:grenzen|wünschen?)',
    ],
    ['view', 'dein(?:e[nr]?)? eigenen? (?:ansichten|einschätzung(?:en)?|erwartungen)'],
    [
      'holdings',
      'was du (?:jetzt |heute |derzeit |nun )?(?:hältst|besitzt)|dein(?:e[mn]?)? (?:heutige[nr]?|jetzige[nr]?|aktuelle[nr]?|derzeitige[nr]?) (?:bestand|bestände|beständen)',
    ],
  ],
};
