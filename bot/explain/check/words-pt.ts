import type { Lexicon } from './lexicon.ts';

export const portuguese: Lexicon = {
  letters: 'áâãàçéêíóôõúü',
  words: {
    plain: `o a os as um uma uns umas de do da dos das no na nos nas ao aos à às pelo pela por para em
      este esta estes estas esse essa isso isto ele ela eles elas lhe se seu sua seus suas teu tua
      você que quem cujo cuja onde com é são está estão ser há parte partes parcela
      fatia porção posição faz fazem constitui constituem representa representam forma formam ocupa
      ocupam carrega carregam traz trazem suporta suportam assume assumem concentra concentram vem
      vêm provém provêm responde respondem pesa pesam responsável responsáveis explica explicam
      origem atualmente hoje agora também cada assim isso justamente
      exatamente fundo classe como si mesmo mesma corresponde correspondem recebe recebem gera
      geram equivale equivalem dá dão total aplicado aplicada investido investida qual quais contribui
      contribuem leva levam próprio própria delas deles dela dele nelas neles nela nele       cabe cabem fica ficam encontra encontram usado usada utilizado utilizada`,
    and: 'e mas enquanto embora porém já',
    because: 'porque pois como  causa devido graças motivo',
    from: 'de do da desde',
    before: 'antes anteriormente ante era eram',
    to: 'a para ao agora ',
    by: 'de em por um o do',
    about: 'cerca aproximadamente estimado estimada',
    would:
      'acrescentaria adicionaria daria traria poderia somaria renderia geraria aumentaria custaria subiria ganharia permitiria acrescentariam trariam',
    up: `sobe sobem subiu subiram subido aumenta aumentam aumentou aumentaram aumentado aumento cresce
      crescem cresceu cresceram subida alta acréscimo aumentaria subiria subir aumentar maior`,
    down: `cai caem caiu caíram caído baixa baixam baixou baixaram diminui diminuem diminuiu diminuíram
      diminuição reduz reduzem reduziu redução queda descida recua recuam recuou desce descem desceu desceram menor recuo`,
    more: 'mais adicional adicionais extra maior superior supera',
    less: 'menos menor inferior',
    most: 'máximo máxima teto topo superior máximos',
    least: 'mínimo mínima piso inferior mínimos',
    limit:
      'limite limites permitido permitida permitidos permitidas permite autorizado orçamento teto',
    money: 'dinheiro carteira capital investimento investimentos poupança patrimônio património',
    risk: 'risco riscos',
    volatility:
      'volatilidade oscila oscilam oscilação oscilações varia variam variação flutua flutuam flutuação flutuações',
    return: 'retorno retornos rendimento rendimentos rentabilidade',
    expected: 'esperado esperada esperados esperadas previsto prevista previstos',
    cost: 'custa custam custo custos taxas custaria',
    trade:
      'negociar operar operação operações comprar vender transação transações negociá negociação movimentar movimentação',
    amount: 'valor montante quantia soma',
    stay: 'fica ficam permanece permanecem mantém mantêm continua continuam mantido mantida mantidos mantidas inalterado inalterada',
    benefit: 'mudança ajuste benefício vantagem melhora ganho alteração troca',
    add: 'acrescentaria adicionaria daria traria somaria renderia geraria acrescentar trazer adicionar render acrescentariam trariam ganharia',
    point: 'ponto',
    year: 'ano anual anuais anualmente',
    apart:
      'sozinha sozinhas sozinho sozinhos separado individualmente partes componentes elementos média cada investimentos ativos isoladas isolados peças componente elemento isoladamente separadamente peça',
    mix: 'mistura conjunto carteira combinação combinada juntas juntos todo',
    full: 'totalmente plenamente completamente inteiramente esgotado esgotada inteiro integralmente cheio completo pleno',
    need: 'apenas precisa precisam necessário necessária exige exigem requer requerem pede demanda',
    changed:
      'novo nova novos novas mudança mudanças mudado mudada alteração alterada alterados mudou modificada modificado alterado alteradas',
    correlation: 'correlação correlações',
    profile: 'perfil',
    goal: 'objetivo meta',
    holdings: 'posições possui tem tens posses detém',
    act: 'mantém comprar vender acrescentar trazer adicionar subir aumentar sobe baixa aumenta reduz compra leva assume concentra traz carrega',
    so: 'assim logo portanto então',
    until: 'até',
    reach: 'alcançar alcança atingir atinge atingem alcançam atingido atingida alcançado alcançada',
    goes: 'passam passa passando',
  },
  phrases: [
    ['because', 'deve-se a(?:o)?|deve-se à'],
    ['reach', 'foi (?:atingido|alcançado)|foi (?:atingida|alcançada)'],
    ['plain', 'negociá-l[oa]s?'],
    ['year', 'ao longo de um ano|ao ano|por ano|em um ano|num ano|a cada ano'],
    ['and', 'enquanto que|ao passo que'],
    ['because', 'já que|uma vez que|por causa d[aeo]s?|devido a(?:o)?|devido à'],
    ['so', 'por isso|de modo que'],
    ['about', 'cerca de|em torno de|por volta de'],
    ['apart', 'por si só|por si sós|em separado|em média'],
    ['mix', 'em conjunto|no conjunto'],
    ['full', 'por completo|por inteiro|na íntegra|na totalidade'],
    [
      'not-together',
      '(?:(?:as|os|suas|seus) (?:diferentes |várias )?(?:partes|componentes|elementos|investimentos|ativos|peças) (?:da (?:carteira|mistura) )?)?não (?:caem|baixam|se movem|oscilam|recuam|descem) (?:todas |todos )?(?:juntas|juntos|ao mesmo tempo|de uma vez|em conjunto|em uníssono)(?: todas| todos)?',
    ],
    ['no-more', '(?:e |mas )?(?:não mais|nada mais|nem mais|nada além disso)'],
    [
      'correlation',
      '(?:a |uma )?(?:nova )?(?:forma|maneira) como os (?:ativos|investimentos) se movem (?:juntos|em conjunto|entre si)|movimento conjunto(?: dos ativos)?',
    ],
    ['profile', '(?:o seu |o teu |seu |teu |o |um )?(?:novo )?perfil de risco'],
    ['wish', 'o que (?:você )?pediu ao método|(?:os )?seus próprios (?:limites|desejos)'],
    ['view', '(?:as )?suas próprias (?:opiniões|expectativas|previsões)'],
    [
      'holdings',
      '(?:aquilo que|o que) (?:você )?(?:tem|possui|detém|tens)(?: agora| hoje| atualmente)?|(?:as )?(?:suas|tuas) posições(?: atuais)?',
    ],
  ],
};
