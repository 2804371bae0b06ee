/** Asks a visitor for a site's permission in a Corral window: the frame's side and the window's. */
import { mount } from 'svelte';
import { siteName } from '../core/embed/embedders';
import { openAppWindow } from '../bridge/popup-handshake';
import { languageOf } from '../protocol/languages';
import { widgetTexts } from '../i18n/widget';
import type {
  PermissionAnswer,
  PermissionHandshake,
  PermissionQuestion,
} from '../protocol/permission-window';

import PermissionWindow from '../ui/embed/PermissionWindow.svelte';

const handshakeType: PermissionHandshake['type'] = 'corral-permission';

/** Must be called within a click. Rejects if no window opens, or it is closed without an answer. */
export async function askInWindow(pageUrl: string, question: PermissionQuestion): Promise<boolean> {
  const { opened, port } = await openAppWindow(`${pageUrl}#permission`, handshakeType);
  port.postMessage(question);
  return new Promise((resolve, reject) => {
    port.onmessage = ({ data }: MessageEvent<PermissionAnswer>) => resolve(data.allows);
    const timer = setInterval(() => {
      if (!opened.closed) return;
      clearInterval(timer);
      // First waits for an answer that is already on its way.
      setTimeout(() => reject(new Error('the window was closed')), 500);
    }, 500);
  });
}

export async function askPermission(opener: Window): Promise<void> {
  const language = languageOf(navigator.languages);
  document.documentElement.lang = language;
  const { port1: port, port2 } = new MessageChannel();
  port.onmessage = ({ data: { origin, ...question } }: MessageEvent<PermissionQuestion>) => {
    const onAnswer = (allows: boolean) => {
      const answer: PermissionAnswer = { allows };
      port.postMessage(answer);
      window.close();
    };
    mount(PermissionWindow, {
      target: document.getElementById('app')!,
      props: { widgetTexts: widgetTexts(language), site: siteName(origin), question, onAnswer },
    });
  };
  const handshake: PermissionHandshake = { type: handshakeType };
  // The opener gets the port only if it is one of Corral's own pages.
  opener.postMessage(handshake, location.origin, [port2]);
}
