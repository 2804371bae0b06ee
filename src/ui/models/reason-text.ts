/** The text for a reason of `core/models/choose-engine`. */
import type { Reason } from '../../core/models/choose-engine';
import type { Texts } from '../../i18n';

export function reasonText(t: Texts['t'], reason: Reason): string {
  switch (reason.key) {
    case 'gpu-ready':
      return t.reasons['gpu-ready'](reason.gpu);
    case 'too-little-memory':
      return t.reasons['too-little-memory'](reason.needBytes, reason.haveGb);
    case 'page-limit':
    case 'file-limit':
      return t.reasons[reason.key](reason.needBytes, reason.limitBytes);
    case 'cpu-threads':
      return t.reasons['cpu-threads'](reason.threads);
    default:
      return t.reasons[reason.key];
  }
}
