import type { Lexicon } from './lexicon.ts';

export const english: Lexicon = {
  letters: '',
  words: {
    plain: `the a an this that these those it its itself they their them which where there here
      of in on at for with as is are be being has have having your you s own into also too
       currently today now share shares part portion slice piece proportion position make makes
      making account accounts accounting stand stands standing represent represents representing
      form forms forming take takes taking bring brings bringing carry carries carrying bear bears
      bearing provide provides contribute contributes contributing come comes coming sit sits sitting
      lie lies lying responsible whose what does do done meaning means mean overall
      each per then just exactly precisely simply put in words used using use uses
      set sets given while explain explains explained
      fund class assets asset than giving gives holding       held hold holds`,
    and: 'and but while whereas yet though although',
    because: 'because since as  reason thanks result driven due',
    from: 'from',
    before: 'before previously earlier formerly was were',
    to: 'to at now ',
    by: 'by of',
    about: 'about around roughly approximately estimated',
    would: 'would could might',
    up: `rise rises rising rose risen increase increases increasing increased grow grows growing grew
      grown climb climbs climbing climbed higher upward`,
    down: `fall falls falling fell fallen decrease decreases decreasing decreased drop drops dropping
      dropped decline declines declining declined shrink shrinks shrinking shrank reduced
      reduction lower downward`,
    more: 'more another additional extra further higher exceeds exceed',
    less: 'less lower fewer smaller',
    most: 'most maximum cap ceiling upper top highest capped max',
    least: 'least minimum floor lowest smallest min',
    limit: 'limit limits allowed permitted allowance allows allow budget bound permits permit ',
    money: 'money portfolio capital investment investments savings assets invested',
    risk: 'risk risks',
    volatility: `volatility volatile swing swings swinging swung fluctuate fluctuates fluctuating
      fluctuation fluctuations ups downs`,
    return: 'return returns',
    expected: 'expected expect',
    cost: 'cost costs costing fee fees',
    trade: 'trade trades trading traded transaction transactions moving switching',
    amount: 'amount sum value traded',
    stay: 'stay stays staying stayed remain remains remaining kept keeps keeping held unchanged',
    benefit: 'change benefit advantage gain improvement changing adjustment',
    add: 'add adds adding contribute earn bring yield gain raise lift',
    point: 'point',
    year: 'year annual annually yearly',
    apart: `taken alone own individually separately single individual parts part pieces piece itself
      building blocks ingredients components holdings average`,
    mix: 'mix together whole combined combination portfolio blend jointly',
    full: 'full fully entirely completely exhausted entire whole',
    need: 'need needs needed needing require requires required necessary call calls calling takes demands',
    changed: 'changed change changes changing shift shifts shifted altered new different',
    correlation: 'correlation correlations',
    profile: 'profile risk',
    goal: 'goal aim target',
    holdings: 'holdings hold own position positions held',
    act: `raise lift lower add hold keep trade leave change take use make bring bear carry put set
      allow permit increase reduce decrease grow shrink drop`,
    so: 'so therefore thus hence why consequently',
    reach: 'reaching reaches reach reached',
    goes: 'pass passes went',
    leave: 'left leave',
  },
  phrases: [
    ['so', 'the reason why'],
    ['plain', 'in turn'],
    ['plain', '(?:mak(?:e|es|ing)|takes?) up'],
    ['down', 'down(?= from )'],
    ['up', 'up(?= from )'],
    ['leave', 'i (?:leave|keep)'],
    ['up', '(?:go|goes|went|going) up'],
    ['down', '(?:go|goes|went|going) down'],
    ['full', '(?:use|uses|using|uses up|takes up) all'],
    [
      'year',
      "over (?:a|the|each) year|in the course of a year|a year's time|each year|per year|within (?:a|the) year",
    ],
    [
      'not-together',
      "(?:the |its |your )?(?:(?:individual |single |different )?(?:parts|pieces|holdings|building blocks|components|investments|assets) )?(?:(?:of (?:the|your) (?:mix|portfolio) )?(?:do not|don't|does not) )(?:all )?(?:fall|drop|move|sink|decline|go down|swing)(?: all)?(?: together| at once| at the same time| in step| in lockstep| in unison)",
    ],
    [
      'no-more',
      '(?:and |but )?(?:no more|not more|nothing more|no more than (?:that|this)|nothing beyond (?:that|it))',
    ],
    [
      'correlation',
      '(?:changes? in )?(?:the |changed |a changed )?(?:way|ways|how) (?:the )?(?:assets|investments|holdings|parts) move together|changed co-?movement|co-?movements?|assets moving together(?: differently)?',
    ],
    ['profile', '(?:your |a |the )?(?:new |changed )?risk profile'],
    ['goal', 'what (?:your|the) (?:new |changed )?goal (?:needs|asks for|requires)'],
    [
      'wish',
      'what you (?:have )?(?:asked|wished) (?:of|from|for in) (?:the|my) method|your own (?:limits|wishes)',
    ],
    ['view', 'your own (?:views?|expectations)'],
    [
      'holdings',
      'what you (?:now )?(?:hold|own)(?: now| today| currently)?|your (?:present|current|new) holdings',
    ],
  ],
};
