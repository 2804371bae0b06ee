/* The page of a browser that lacks what Corral needs: check-browser.js has found what. In ES5, for old browsers. */
(function () {
  var missing = window.missingInBrowser;
  var isItalian = /^it\b/i.test(navigator.language || '');
  var words = isItalian
    ? [
        'Corral non può funzionare in questo browser',
        'Corral fa girare un modello linguistico dentro il browser. Serve una di queste versioni, o una più recente: Chrome o Edge 116, Firefox 128, Safari 17.4 (iOS 17.4).',
        'Se il browser è recente, può essere disattivato WebAssembly: lo fa la modalità di isolamento di iPhone, iPad e Mac.',
        'Qui manca: ',
      ]
    : [
        'This browser cannot run Corral',
        'Corral runs a language model inside the browser. It needs one of these versions, or a newer one: Chrome or Edge 116, Firefox 128, Safari 17.4 (iOS 17.4).',
        'If the browser is new, WebAssembly may be switched off: Lockdown Mode on iPhone, iPad and Mac does so.',
        'Missing here: ',
      ];
  var body = document.body;
  while (body.firstChild) body.removeChild(body.firstChild);
  function add(tag, text) {
    var element = document.createElement(tag);
    element.appendChild(document.createTextNode(text));
    body.appendChild(element);
  }
  add('h1', words[0]);
  add('p', words[1]);
  if (missing[0].indexOf('WebAssembly') === 0) add('p', words[2]);
  add('p', words[3] + missing.join(', ') + '.');
  body.style.margin = '2rem auto';
  body.style.maxWidth = '36rem';
  body.style.height = 'auto';
  body.style.padding = '0 1rem';
  body.style.font = '1rem/1.5 sans-serif';
  document.documentElement.lang = isItalian ? 'it' : 'en';
})();
