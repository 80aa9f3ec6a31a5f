import { assetOf, CASH } from '../catalogue.ts';
import type { Language } from './language.ts';

type Names = Readonly<Record<Exclude<Language, 'en'>, string>>;

/** How each subject is called beside English; forms of one name are separated by a bar. */
const table: Readonly<Record<string, Names>> = {
  stocks: { de: 'Aktien', fr: 'actions', es: 'acciones|bolsa', pt: 'ações' },
  bonds: { de: 'Anleihen', fr: 'obligations', es: 'bonos', pt: 'obrigações|títulos' },
  'real-assets': {
    de: 'Gold, Rohstoffe und Immobilien|Gold, Rohstoffen und Immobilien',
    fr: "or, matières premières et immobilier|or, les matières premières et l'immobilier",
    es: 'oro, materias primas e inmuebles|oro, las materias primas y los inmuebles',
    pt: 'ouro, matérias-primas e imóveis|ouro, as matérias-primas e os imóveis',
  },
  crypto: {
    de: 'Kryptowährungen|Krypto',
    fr: 'cryptomonnaies|crypto',
    es: 'criptomonedas|cripto',
    pt: 'criptomoedas|cripto',
  },
  cash: {
    de: 'Bargeld|Guthaben',
    fr: 'liquidités',
    es: 'efectivo|liquidez',
    pt: 'caixa|dinheiro em caixa',
  },
  SPY: {
    de: 'große US-Unternehmen|großen US-Unternehmen|großer US-Unternehmen',
    fr: 'grandes entreprises américaines',
    es: 'grandes empresas de EE. UU.|grandes empresas estadounidenses',
    pt: 'grandes empresas dos EUA|grandes empresas americanas',
  },
  VTI: {
    de: 'gesamte US-Aktienmarkt|gesamten US-Aktienmarkt|gesamter US-Aktienmarkt',
    fr: 'ensemble du marché américain des actions',
    es: 'conjunto de la bolsa estadounidense',
    pt: 'conjunto da bolsa americana',
  },
  QQQ: {
    de: 'technologielastige US-Unternehmen|technologielastigen US-Unternehmen|technologielastiger US-Unternehmen',
    fr: 'entreprises technologiques américaines',
    es: 'empresas tecnológicas estadounidenses',
    pt: 'empresas americanas de tecnologia',
  },
  IWM: {
    de: 'kleine US-Unternehmen|kleinen US-Unternehmen|kleiner US-Unternehmen',
    fr: 'petites entreprises américaines',
    es: 'pequeñas empresas estadounidenses',
    pt: 'pequenas empresas americanas',
  },
  EFA: {
    de: 'Unternehmen in Europa und Asien',
    fr: "entreprises d'Europe et d'Asie",
    es: 'empresas de Europa y Asia',
    pt: 'empresas da Europa e da Ásia',
  },
  VEA: {
    de: 'Industrieländer außerhalb der USA|Industrieländern außerhalb der USA',
    fr: 'marchés développés hors États-Unis',
    es: 'mercados desarrollados fuera de EE. UU.',
    pt: 'mercados desenvolvidos fora dos EUA',
  },
  VWO: {
    de: 'Unternehmen in Schwellenländern',
    fr: 'entreprises des marchés émergents',
    es: 'empresas de mercados emergentes',
    pt: 'empresas de mercados emergentes',
  },
  AGG: {
    de: 'US-Anleihen aller Art',
    fr: 'obligations américaines de toutes sortes',
    es: 'bonos estadounidenses de todo tipo',
    pt: 'obrigações americanas de todos os tipos',
  },
  BND: {
    de: 'gesamte US-Anleihemarkt|gesamten US-Anleihemarkt|gesamter US-Anleihemarkt',
    fr: 'ensemble du marché obligataire américain',
    es: 'conjunto del mercado de bonos estadounidense',
    pt: 'conjunto do mercado de obrigações americano',
  },
  TLT: {
    de: 'lange US-Staatsanleihen|langen US-Staatsanleihen|langer US-Staatsanleihen',
    fr: 'obligations longues du Trésor américain',
    es: 'bonos largos del Tesoro estadounidense',
    pt: 'títulos longos do Tesouro americano',
  },
  IEF: {
    de: 'mittlere US-Staatsanleihen|mittleren US-Staatsanleihen|mittlerer US-Staatsanleihen',
    fr: 'obligations moyennes du Trésor américain',
    es: 'bonos medios del Tesoro estadounidense',
    pt: 'títulos médios do Tesouro americano',
  },
  SHY: {
    de: 'kurze US-Staatsanleihen|kurzen US-Staatsanleihen|kurzer US-Staatsanleihen',
    fr: 'obligations courtes du Trésor américain',
    es: 'bonos cortos del Tesoro estadounidense',
    pt: 'títulos curtos do Tesouro americano',
  },
  LQD: {
    de: 'Unternehmensanleihen guter Bonität',
    fr: "obligations d'entreprises de bonne qualité",
    es: 'bonos de empresas solventes',
    pt: 'obrigações de empresas sólidas',
  },
  HYG: {
    de: 'hochverzinsliche Unternehmensanleihen|hochverzinslichen Unternehmensanleihen|hochverzinslicher Unternehmensanleihen',
    fr: "obligations d'entreprises à haut rendement",
    es: 'bonos de empresas de alto rendimiento',
    pt: 'obrigações de empresas de alto rendimento',
  },
  TIP: {
    de: 'inflationsgeschützte US-Staatsanleihen|inflationsgeschützten US-Staatsanleihen',
    fr: "obligations du Trésor indexées sur l'inflation",
    es: 'bonos del Tesoro ligados a la inflación',
    pt: 'títulos do Tesouro indexados à inflação',
  },
  GLD: { de: 'Gold', fr: 'or', es: 'oro', pt: 'ouro' },
  SLV: { de: 'Silber', fr: 'argent métal', es: 'plata', pt: 'prata' },
  DBC: {
    de: 'Rohstoffkorb|Rohstoffkorbs',
    fr: 'panier de matières premières',
    es: 'cesta de materias primas',
    pt: 'cesta de matérias-primas',
  },
  VNQ: {
    de: 'US-Immobilien',
    fr: 'immobilier américain',
    es: 'inmuebles estadounidenses',
    pt: 'imóveis americanos',
  },
  BIL: {
    de: 'US-Schatzwechsel|US-Schatzwechseln',
    fr: 'bons du Trésor américain',
    es: 'letras del Tesoro estadounidense',
    pt: 'letras do Tesouro americano',
  },
  'BTC-USD': { de: 'Bitcoin|Bitcoins', fr: 'bitcoin', es: 'bitcoin', pt: 'bitcoin' },
  'ETH-USD': { de: 'Ether', fr: 'ether', es: 'ether', pt: 'ether' },
};

const english: Readonly<Record<string, string>> = {
  stocks: 'stocks|equities',
  bonds: 'bonds',
  'real-assets': 'gold, commodities and real estate',
  crypto: 'crypto|cryptocurrencies',
  cash: 'cash',
};

/** Every subject that has a name: the classes and the assets of the catalogue. */
export const namedSubjects: readonly string[] = Object.keys(table);

/** One key for a subject however it is written: cash is an asset and a class. */
export function subjectKey(subject: string): string {
  return subject === CASH ? 'cash' : subject;
}

/** The names of a subject in a language, best first and without its article; none for "portfolio". */
export function namesOf(subject: string, language: Language): readonly string[] {
  const key = subjectKey(subject);
  const own = language === 'en' ? (english[key] ?? assetOf(key)?.name) : table[key]?.[language];
  return own?.split('|').map((name) => name.replace(/^(?:the|a) /, '')) ?? [];
}

/** Tickers by which an asset may be written, exactly in these letters. */
export function tickersOf(subject: string): readonly string[] {
  if (assetOf(subject) === undefined) return [];
  return subject.endsWith('-USD') ? [subject, subject.slice(0, -4)] : [subject];
}
