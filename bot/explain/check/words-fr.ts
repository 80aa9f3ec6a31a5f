import type { Lexicon } from './lexicon.ts';

export const french: Lexicon = {
  letters: 'àâæçéèêëîïôœùûüÿ',
  words: {
    plain: `le la les l un une des du de d ce cet cette ces c il ils elle elles lui leur leurs eux se s sa
      son ses qui que qu dont où y en dans sur pour avec est sont a ont être par au
      aux à ton ta tes votre vos tu vous part partie parts tranche position morceau fait font faire
      constitue constituent représente représentent compte comptent forme forment porte portent
      apporte apportent supporte supportent fournit fournissent contribue contribuent vient viennent
      pèse pèsent occupe occupent concentre concentrent reçoit reçoivent provient proviennent
      responsable responsables explique expliquent origine actuellement
      aujourd hui maintenant désormais aussi même chaque soit ainsi cela ça ceci celle celui
      ceux celles juste exactement fonds classe repose reposent place placé placée placés placées
      là ici elle-même lui-même même total globale global trouve trouvent traduit prend prennent dont près utilisé utilisée`,
    and: 'et mais tandis alors que or cependant',
    because: 'car parce puisque comme  cause suite raison grâce dû due dus dues',
    from: 'de d contre',
    before: 'auparavant avant précédemment était étaient depuis',
    to: 'à pour désormais maintenant au aux ',
    by: 'de d par',
    about: 'environ approximativement estimé estimée quelque autour près',
    would:
      'ajouterait apporterait rapporterait pourrait donnerait procurerait ferait serait gagnerait augmenterait coûterait permettrait apporteraient ajouteraient',
    up: `monte montent monté montée augmente augmentent augmenté augmentée augmentation hausse progresse progressent
      progressé progression grimpe grimpent grimpé croît croissent accru accrue hausse augmenterait`,
    down: `baisse baissent baissé recule reculent reculé recul diminue diminuent diminué diminution
      chute chutent chuté descend descendent descendu réduit réduite réduction`,
    more: 'plus supplémentaire supplémentaires davantage supérieur supérieure dépasse',
    less: 'moins inférieur inférieure moindre',
    most: 'maximum maximal maximale plafond haut haute supérieure supérieur maximales',
    least: 'minimum minimal minimale plancher basse bas inférieure inférieur',
    limit:
      'limite limites autorisé autorisée autorisés permis permise admis admise budget seuil plafond',
    money: 'argent portefeuille capital placement placements épargne patrimoine investissement',
    risk: 'risque risques',
    volatility: `volatilité varie varient variation variations fluctue fluctuent fluctué fluctuation fluctuations oscille
      oscillent oscillation oscillations`,
    return: 'rendement rendements',
    expected:
      'attendu attendue attendus attendues espéré espérée espérés espérées anticipé anticipés escompté',
    cost: 'coûte coûtent coût coûts frais coûter revient coûterait',
    trade:
      'négocier négociation échange échanger transaction transactions opération opérations acheter vendre mouvement arbitrage',
    amount: 'montant somme montants',
    stay: 'reste restent demeure demeurent maintenu maintenue maintenus maintenues inchangé inchangée inchangés inchangées conservé conservée conservés conservées laissé laissée laissés',
    benefit: 'changement modification ajustement avantage gain bénéfice',
    add: 'ajouterait apporterait rapporterait donnerait procurerait ajouter apporter rapporter apporte apporteraient ajouteraient gagnerait',
    point: 'point',
    year: 'an année annuel annuelle annuels annuelles annuellement',
    apart:
      'seul seule seuls seules isolément séparément individuellement élément éléments parties composants composantes chacun chacune moyenne moyen chaque partie placement placements actif actifs prise pris prises',
    mix: 'mélange ensemble portefeuille combinaison combiné combinés tout panier réunis réunies',
    full: 'entièrement pleinement totalement complètement épuisé épuisée plein atteint atteinte intégralement consommé consommée',
    need: 'nécessaire nécessaires exige exigent demande demandent nécessite nécessitent requiert requis faut besoin réclame',
    changed:
      'nouveau nouvelle nouveaux nouvelles changement changé changés changée changées modifié modifiée modifiés évolution modification',
    correlation: 'corrélation corrélations',
    profile: 'profil',
    goal: 'objectif but',
    holdings: 'avoirs positions détenez détiens détention',
    act: 'ajouter apporter acheter vendre place porte prend forme',
    so: 'donc ainsi alors aussi pourquoi',
    reach: 'atteindre atteint atteignent atteignant',
    goes: 'passe passent passer passant',
  },
  phrases: [
    ['from', 'contre|au lieu de'],
    ['about', 'à peu près|aux alentours de'],
    ['add', 'ne (?:rapporterait|donnerait|procurerait)'],
    ['add', "n'(?:apporterait|ajouterait|rapporterait|donnerait)"],
    ['full', '(?:vous utilisez|utilise|tu utilises)(?: tout| toute)?'],
    ['year', "sur (?:une année|un an)|au cours d'une année|par an|l'an"],
    ['and', 'tandis que|alors que'],
    ['because', "parce qu(?:e|')"],
    ['so', "si bien qu(?:e |')|c'est pourquoi|du coup|de ce fait"],
    [
      'not-together',
      '(?:(?:les|ses|ces|vos) (?:différents |différentes )?(?:parties|éléments|composantes|composants|placements|actifs) (?:du (?:portefeuille|mélange) )?)?ne (?:baissent|chutent|tombent|reculent|bougent|varient) pas (?:tous |toutes )?(?:ensemble|en même temps|à la fois|au même moment)',
    ],
    ['no-more', '(?:et |mais )?(?:pas plus|rien de plus|pas davantage|sans plus)'],
    [
      'correlation',
      '(?:la |une )?(?:nouvelle )?(?:façon|manière) dont les (?:actifs|placements) (?:bougent|évoluent|varient) ensemble|mouvements communs(?: des actifs)?',
    ],
    ['profile', '(?:votre |ton |le |un )?(?:nouveau )?profil de risque'],
    ['wish', 'ce que vous avez demandé à la méthode|vos propres (?:limites|souhaits)'],
    ['view', 'vos propres (?:avis|opinions|prévisions|attentes)'],
    [
      'holdings',
      "(?:ce que vous détenez|ce que tu détiens|vos avoirs|tes avoirs)(?: maintenant| actuels| aujourd'hui| désormais)?",
    ],
  ],
};
