/*
 * Starts the app; where the browser lacks what it needs, or another site has it in a frame, not-here.js says so.
 * In ES5, for old browsers.
 */
(function () {
  var missing = [];
  function need(name, has) {
    var isThere = false;
    try {
      isThere = has();
    } catch (error) {
      // Not there.
    }
    if (!isThere) missing.push(name);
  }
  need('JavaScript modules', function () {
    return 'noModule' in document.createElement('script');
  });
  need('WebAssembly', function () {
    return typeof WebAssembly === 'object' && typeof WebAssembly.validate === 'function';
  });
  if (missing.indexOf('WebAssembly') < 0) {
    need('WebAssembly SIMD', function () {
      // i8x16.splat, i8x16.popcnt
      var simd = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0];
      var code = [65, 0, 253, 15, 253, 98, 11];
      return WebAssembly.validate(new Uint8Array(simd.concat(code)));
    });
  }
  need('BigInt64Array', function () {
    return typeof BigInt64Array === 'function';
  });
  need('IndexedDB', function () {
    return 'indexedDB' in window;
  });
  need('AbortSignal.any', function () {
    return typeof AbortSignal.any === 'function';
  });
  need('String.toWellFormed', function () {
    return typeof ''.toWellFormed === 'function';
  });
  need('Array.with', function () {
    return typeof [].with === 'function';
  });
  need('URL.canParse', function () {
    return typeof URL.canParse === 'function';
  });
  need('<dialog>', function () {
    return typeof HTMLDialogElement === 'function';
  });
  need('popover', function () {
    return 'popover' in HTMLElement.prototype;
  });

  // All addresses of scripts, workers too, lie in the page's own folder.
  if (window.trustedTypes) {
    var folder = new URL('.', document.baseURI).href;
    window.trustedTypes.createPolicy('default', {
      createScriptURL: function (address) {
        return new URL(address, folder).href.indexOf(folder) === 0 ? address : null;
      },
    });
  }

  function start(address, isModule) {
    var script = document.createElement('script');
    script.src = address;
    if (isModule) {
      script.type = 'module';
      script.crossOrigin = '';
    }
    document.body.appendChild(script);
  }
  var app = document.currentScript && document.currentScript.getAttribute('data-app');
  // In a frame, visitors may press what they do not see. The widget's frame is another page.
  var isFramed = document.documentElement.hasAttribute('data-alone') && window.top !== window.self;
  if (missing.length > 0 || isFramed) {
    window.missingInBrowser = isFramed ? null : missing;
    start('not-here.js', false);
  } else if (app) start(app, true);
})();
