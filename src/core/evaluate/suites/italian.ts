/** The same in Italian: the answers must be in Italian too. */
import type { PlainCheck } from '../check';
import { single, type Task } from '../task';

const says = (...anyOf: string[]): PlainCheck => ({ kind: 'says', anyOf });

const items: readonly (readonly [string, PlainCheck])[] = [
  ['Qual è la capitale della Francia?', says('Parigi')],
  ['Quale pianeta è il più vicino al Sole?', says('Mercurio')],
  ['Qual è il contrario di «antico»?', says('moderno', 'nuovo', 'recente', 'contemporaneo')],
  ['Qual è il plurale di «uovo»?', says('uova')],
  ['Qual è il participio passato di «aprire»?', says('aperto')],
  ['Quante zampe ha un ragno?', says('otto', '8')],
  ['Quale mare bagna Venezia?', says('Adriatico')],
  ['Completa il proverbio: Chi dorme non piglia …', says('pesci')],
  ['Chi ha scritto la «Divina Commedia»?', says('Dante', 'Alighieri')],
  ['In quale regione si trova Firenze?', says('Toscana')],
  [
    'Il vaso non entrava nella scatola perché era troppo grande. Che cosa era troppo grande?',
    says('vaso'),
  ],
  [
    'Anna ha dato il libro a Bruno perché lui glielo aveva chiesto. Chi aveva chiesto il libro?',
    says('Bruno'),
  ],
  [
    'Testo: «Il traghetto parte alle otto, ma la domenica parte alle dieci.» A che ora parte la domenica?',
    says('dieci', '10'),
  ],
  [
    'Testo: «Maria ha l’auto rossa. Quella di suo fratello è blu, quella di suo padre è bianca.» Di chi è l’auto blu?',
    says('fratello'),
  ],
  ['Quale parola non c’entra: mela, pera, carota, prugna?', says('carota')],
  ['Come si chiama chi fa il pane di mestiere?', says('panettiere', 'fornaio', 'panettiera')],
  ['«Velocemente» è un nome, un verbo o un avverbio?', says('avverbio')],
  ['Correggi la frase: «Se avrei tempo, verrei.»', says('se avessi')],
  ['Rispondi con una parola: che colore si ottiene dal blu e dal giallo?', says('verde')],
  [
    'Descrivi il tuo piatto preferito in due frasi.',
    { kind: 'pin', check: { kind: 'language', language: 'it' } },
  ],
  ['In quale mese è Natale?', says('dicembre')],
];

export function italianTasks(): readonly Task[] {
  return items.map(([text, check], index) => single(`italian/${index + 1}`, { text, check }, 60));
}
