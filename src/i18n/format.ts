/** Formats numbers and units for a language. */

export function formatter(locale: string) {
  // Date formats of one language differ between countries; the visitor's browser knows the country.
  const region =
    globalThis.navigator?.languages?.find((tag) => tag.startsWith(`${locale}-`)) ?? locale;
  const number = (value: number, digits: number) =>
    value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const megabytes = (bytes: number) => number(bytes / 1e6, 0);
  return {
    number,
    megabytes,
    /** Decimal units, as in shops and operating systems. */
    size: (bytes: number) =>
      bytes >= 1e9 ? `${number(bytes / 1e9, 1)} GB` : `${megabytes(bytes)} MB`,
    kilobytes: (bytes: number) => `${number(bytes / 1e3, 0)} kB`,
    /** Formats a day (`2021-05-03`); a year stays as it is. */
    day: (date: string) =>
      date.includes('-')
        ? new Date(`${date}T00:00Z`).toLocaleDateString(locale, {
            dateStyle: 'medium',
            timeZone: 'UTC',
          })
        : String(Number(date)),
    count: (value: number) => value.toLocaleString(locale),
    /** Such as "October 2026"; capitalised for a heading. */
    month: (atMs: number) => {
      const name = new Date(atMs).toLocaleDateString(region, { month: 'long', year: 'numeric' });
      return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
    },
    date: (atMs: number) => new Date(atMs).toLocaleDateString(region, { dateStyle: 'medium' }),
    dateTime: (atMs: number) =>
      new Date(atMs).toLocaleString(region, { dateStyle: 'medium', timeStyle: 'short' }),
    /** The time of day, with the date if that is not today. */
    moment: (atMs: number, nowMs: number) => {
      const at = new Date(atMs);
      const isToday = at.toDateString() === new Date(nowMs).toDateString();
      return isToday
        ? at.toLocaleTimeString(region, { timeStyle: 'short' })
        : at.toLocaleString(region, { dateStyle: 'medium', timeStyle: 'short' });
    },
    time: (atMs: number) =>
      new Date(atMs).toLocaleTimeString(region, { hour: '2-digit', minute: '2-digit' }),
    duration: (seconds: number) =>
      seconds < 60
        ? `${Math.max(1, Math.round(seconds))} s`
        : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`,
  };
}
