/** In the build, `public/check-browser.js` starts the app's script, unless the browser is too old for it. */
import type { Plugin } from 'vite';

const appScript = /<script type="module" crossorigin src="([^"]+)"><\/script>/;
const checkScript = /(<script src="[^"]*check-browser\.js")>/;

export function checkedStart(): Plugin {
  return {
    name: 'corral-checked-start',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const address = appScript.exec(html)?.[1];
        if (address === undefined || !checkScript.test(html)) {
          throw new Error('The page has no script of the app, or none that checks the browser.');
        }
        return html
          .replace(appScript, `<link rel="modulepreload" crossorigin href="${address}">`)
          .replace(checkScript, `$1 data-app="${address}">`);
      },
    },
  };
}
