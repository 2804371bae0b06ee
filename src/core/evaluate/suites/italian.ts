/** Simple questions in Italian; the answers must be in Italian too. */
import type { PlainCheck } from '../check';
import { single, type Task } from '../task';

const mentions = (...anyOf: string[]): PlainCheck => ({ kind: 'mentions', anyOf });

const items: readonly (readonly [string, PlainCheck])[] = [
  ['Qual è la capitale della Francia?', mentions('Parigi')],
  ['Quale pianeta è il più vicino al Sole?', mentions('Mercurio')],
  ['Qual è il contrario di «antico»?', mentions('moderno', 'nuovo', 'recente', 'contemporaneo')],
  ['Qual è il plurale di «uovo»?', mentions('uova')],
  ['Qual è il participio passato di «aprire»?', mentions('aperto')],
  ['Quante zampe ha un ragno?', mentions('otto', '8')],
  ['Quale mare bagna Venezia?', mentions('Adriatico')],
  ['Completa il proverbio: Chi dorme non piglia …', mentions('pesci')],
  ['Chi ha scritto la «Divina Commedia»?', mentions('Dante', 'Alighieri')],
  ['In quale regione si trova Firenze?', mentions('Toscana')],
  [
    'Il vaso non entrava nella scatola perché era troppo grande. Che cosa era troppo grande?',
    mentions('vaso'),
  ],
  [
    'Anna ha dato il libro a Bruno perché lui glielo aveva chiesto. Chi aveva chiesto il libro?',
    mentions('Bruno'),
  ],
  [
    'Testo: «Il traghetto parte alle otto, ma la domenica parte alle dieci.» A che ora parte la domenica?',
    mentions('dieci', '10'),
  ],
  [
    'Testo: «Maria ha l’auto rossa. Quella di suo fratello è blu, quella di suo padre è bianca.» Di chi è l’auto blu?',
    mentions('fratello'),
  ],
  ['Quale parola non c’entra: mela, pera, carota, prugna?', mentions('carota')],
  ['Come si chiama chi fa il pane di mestiere?', mentions('panettiere', 'fornaio', 'panettiera')],
  ['«Velocemente» è un nome, un verbo o un avverbio?', mentions('avverbio')],
  ['Correggi la frase: «Se avrei tempo, verrei.»', mentions('se avessi')],
  ['Rispondi con una parola: che colore si ottiene dal blu e dal giallo?', mentions('verde')],
  [
    'Descrivi il tuo piatto preferito in due frasi.',
    { kind: 'pin', check: { kind: 'language', language: 'it' } },
  ],
  ['In quale mese è Natale?', mentions('dicembre')],
];

export function italianTasks(): readonly Task[] {
  return items.map(([text, check], index) => single(`italian/${index + 1}`, { text, check }, 60));
}
