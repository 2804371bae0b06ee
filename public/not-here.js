/*
 * The page where the app is not started: in a browser that lacks what Corral needs, which check-browser.js has
 * found, or in a frame of another site. In ES5, for old browsers.
 */
(function () {
  var missing = window.missingInBrowser;
  var isItalian = /^it\b/i.test(navigator.language || '');
  var body = document.body;
  while (body.firstChild) body.removeChild(body.firstChild);
  function add(tag, words) {
    var element = document.createElement(tag);
    element.appendChild(document.createTextNode(words[isItalian ? 0 : 1]));
    body.appendChild(element);
  }
  if (missing) {
    add('h1', ['Corral non può funzionare in questo browser', 'This browser cannot run Corral']);
    add('p', [
      'Corral fa girare un modello linguistico dentro il browser. Serve una di queste versioni, o una più recente: Chrome o Edge 116, Firefox 128, Safari 17.4 (iOS 17.4).',
      'Corral runs a language model inside the browser. It needs one of these versions, or a newer one: Chrome or Edge 116, Firefox 128, Safari 17.4 (iOS 17.4).',
    ]);
    if (missing[0].indexOf('WebAssembly') === 0) {
      add('p', [
        'Se il browser è recente, può essere disattivato WebAssembly: lo fa la modalità di isolamento di iPhone, iPad e Mac.',
        'If the browser is new, WebAssembly may be switched off: Lockdown Mode on iPhone, iPad and Mac does so.',
      ]);
    }
    var list = missing.join(', ') + '.';
    add('p', ['Qui manca: ' + list, 'Missing here: ' + list]);
  } else {
    add('h1', [
      'Corral non si apre dentro un altro sito',
      'Corral does not open inside another site',
    ]);
    add('p', [
      'Un altro sito mostra questa pagina in un riquadro. Apri Corral in una scheda sua: ' +
        location.origin +
        location.pathname,
      'Another site shows this page in a frame. Open Corral in a tab of its own: ' +
        location.origin +
        location.pathname,
    ]);
  }
  body.style.margin = '2rem auto';
  body.style.maxWidth = '36rem';
  body.style.height = 'auto';
  body.style.padding = '0 1rem';
  body.style.font = '1rem/1.5 sans-serif';
  document.documentElement.lang = isItalian ? 'it' : 'en';
})();
