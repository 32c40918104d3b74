/** Entry names of one session's parts inside an evidence file. */
export const entryNames = (key: string) =>
  ({
    chunk: (index: number) => `sessions/${key}/chunks/${String(index).padStart(6, '0')}.json.gz`,
    signals: `sessions/${key}/signals.json`,
    diagnosis: `sessions/${key}/diagnosis.json`,
    marks: `sessions/${key}/marks.json`,
  }) as const;
