/** Says once that the server is away, and why, and once that it is back. */
export function connectionRemarks(remark: (words: string) => void) {
  let away = false;
  return (state: 'connected' | 'away', error?: Error) => {
    if (state === 'away' && error !== undefined && !away) {
      away = true;
      remark(`${error.message}; coming back by itself …`);
    }
    if (state === 'connected' && away) {
      away = false;
      remark('connected again');
    }
  };
}
