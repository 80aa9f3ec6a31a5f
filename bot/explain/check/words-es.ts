import type { Lexicon } from './lexicon.ts';

export const spanish: Lexicon = {
  letters: 'áéíóúüñ',
  words: {
    plain: `el la los las lo un una unos unas de del al a este esta estos estas ese esa eso esto él ella
      ellos ellas le les se su sus tu tus que quien cuyo cuya donde en con por para es son tiene tienen está están
        ha han ser hay parte partes porción cuota posición hace hacen constituye
      constituyen representa representan supone suponen forma forman ocupa ocupan lleva llevan
      aporta aportan trae traen soporta soportan asume asumen concentra concentran viene vienen
      proviene provienen procede proceden recae recaen responde responden pesa pesan responsable
      responsables explica explican origen actualmente hoy ahora 
      también cada así ello justo exactamente fondo clase queda mientras como sí mismo misma 
      corresponde corresponden recibe reciben genera generan equivale equivalen da dan total coloca
      colocado colocada invertido invertida cual cuales sitúa sitúan encuentra encuentran está  usa utilizado utilizada emplea usado utiliza`,
    and: 'y e pero mientras aunque',
    because: 'porque pues puesto como debido ya  causa gracias motivo',
    from: 'de del desde',
    before: 'antes anteriormente anterior anteriores era eran',
    to: 'a al ahora ',
    by: 'de en por un el del',
    about: 'aproximadamente cerca alrededor unos estimado estimada',
    would:
      'añadiría aportaría daría sumaría podría agregaría supondría generaría aumentaría costaría subiría ganaría permitiría aportarían',
    up: `sube suben subió subieron subido aumenta aumentan aumentó aumentaron aumentado aumento crece crecen
      creció crecieron crecido subida incremento incrementa incrementó incrementan aumentaría subiría subir aumentar mayor`,
    down: `baja bajan bajó bajaron bajado cae caen cayó cayeron caído disminuye disminuyen disminuyó
      disminuyeron disminución reduce reducen redujo reducción bajada descenso desciende descienden
      descendió caída retrocede retroceden menor`,
    more: 'más adicional adicionales mayor superior supera',
    less: 'menos menor inferior',
    most: 'máximo máxima tope techo superior máximos',
    least: 'mínimo mínima suelo inferior mínimos',
    limit:
      'límite límites permitido permitida permitidos permitidas permite admitido autorizado presupuesto tope',
    money: 'dinero cartera capital inversión inversiones ahorros patrimonio',
    risk: 'riesgo riesgos',
    volatility:
      'volatilidad oscila oscilan oscilación oscilaciones varía varían variación fluctúa fluctúan fluctuación fluctuaciones',
    return: 'rentabilidad rendimiento rendimientos rentabilidades retorno retornos',
    expected: 'esperada esperado esperadas esperados prevista previsto previstas previstos',
    cost: 'cuesta cuestan coste costes costo costos comisiones costaría cuestan',
    trade:
      'operar operarlos operarlas negociarlos negociarlas operación operaciones negociar comprar vender transacción transacciones negociarlo negociarla mover moverlo moverla operarlo operarla comprarlo venderlo negociación',
    amount: 'importe cantidad monto suma',
    stay: 'queda quedan permanece permanecen mantiene mantienen sigue siguen mantenido conserva conservan',
    benefit: 'cambio ajuste beneficio ventaja mejora ganancia modificación',
    add: 'añadiría aportaría daría sumaría agregaría generaría añadir aportar aportarían ganaría',
    point: 'punto',
    year: 'año anual anuales anualmente',
    apart:
      'sola solas solo solos separado individualmente partes componentes elementos promedio cada inversiones activos aisladas aislados piezas componente elemento pieza',
    mix: 'mezcla conjunto cartera combinación combinada juntas juntos unidas todo',
    full: 'completo totalmente plenamente completamente enteramente agotado agotada aprovecha aprovechado pleno entero ',
    need: 'solo necesita necesitan necesario necesaria exige exigen requiere requieren precisa hace falta',
    changed:
      'nuevo nueva nuevos nuevas cambio cambios cambiado cambiada cambiante modificación modificada cambiadas',
    correlation: 'correlación correlaciones',
    profile: 'perfil',
    goal: 'objetivo meta',
    holdings: 'tenencias posiciones posees posee tienes tiene',
    act: 'mantiene conserva comprar vender añadir aportar subir aumentar mantienen sube baja reduce aumenta coloca asume lleva trae aporta',
    so: 'así luego entonces',
    until: 'hasta',
    reach: 'alcanzar alcanza alcanzan alcanzado alcanzada',
    goes: 'pasan pasa pasando',
  },
  phrases: [
    ['because', 'se deben? a(?:l)?'],
    ['year', 'a lo largo de un año|al año|por año|en un año|cada año'],
    ['and', 'mientras que'],
    ['because', 'ya que|puesto que|debido a(?:l)?'],
    ['so', 'así que|por eso|por tanto|por lo tanto|por ello|de modo que'],
    ['about', 'alrededor de|cerca de|en torno a'],
    [
      'apart',
      'por separado|por sí (?:solas|solos|sola|solo|mismas|misma)|(?:de|la) media(?! (?:parte|mezcla|cartera))|en promedio',
    ],
    ['mix', 'en conjunto'],
    ['full', 'por completo|del todo|en su totalidad|por entero'],
    [
      'not-together',
      '(?:(?:las|los|sus) (?:distintas |distintos |diferentes )?(?:partes|componentes|elementos|inversiones|activos|piezas) (?:de la (?:cartera|mezcla) )?)?no (?:caen|bajan|se mueven|oscilan|descienden|retroceden) (?:todas |todos )?(?:juntas|juntos|a la vez|al mismo tiempo|al unísono)',
    ],
    ['no-more', '(?:y |pero )?(?:no más|nada más|ni más|ninguno más)'],
    [
      'correlation',
      '(?:la |una )?(?:nueva )?(?:forma|manera) en que (?:se mueven juntos los activos|los activos se mueven (?:juntos|entre sí|en conjunto))|movimiento conjunto(?: de los activos)?',
    ],
    ['profile', '(?:tu |su |el |un )?(?:nuevo )?perfil de riesgo'],
    ['wish', 'lo que (?:has |ha )?pedi(?:do|ste) al método|tus propi[oa]s (?:límites|deseos)'],
    ['view', 'tus propi[oa]s (?:opiniones|expectativas|previsiones)'],
    [
      'holdings',
      'lo que (?:tienes|posees|tiene|posee)(?: ahora| hoy| actualmente)?|tus posiciones(?: actuales)?',
    ],
  ],
};
