/** Numbers and units as a language writes them. */

export function formatter(locale: string) {
  const number = (value: number, digits: number) =>
    value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const megabytes = (bytes: number) => number(bytes / 1e6, 0);
  return {
    number,
    megabytes,
    /** Decimal units, as shops and operating systems use for downloads. */
    size: (bytes: number) =>
      bytes >= 1e9 ? `${number(bytes / 1e9, 1)} GB` : `${megabytes(bytes)} MB`,
    kilobytes: (bytes: number) => `${number(bytes / 1e3, 0)} kB`,
    /** A day (`2021-05-03`), or a year, which stays as it is. */
    day: (date: string) =>
      date.includes('-')
        ? new Date(`${date}T00:00Z`).toLocaleDateString(locale, {
            dateStyle: 'medium',
            timeZone: 'UTC',
          })
        : String(Number(date)),
    time: (atMs: number) =>
      new Date(atMs).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' }),
    duration: (seconds: number) =>
      seconds < 60
        ? `${Math.max(1, Math.round(seconds))} s`
        : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`,
  };
}
