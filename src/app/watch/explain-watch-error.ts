/** What it means for a source that the system watches it no more, and what to do about it. */
export function explainWatchError({ code, message }: NodeJS.ErrnoException): { message: string; hint: string } {
  const often = 'The source is looked at from time to time instead, which takes more work.';
  if (code === 'ENOSPC') {
    return {
      message: 'The system watches no more folders (ENOSPC).',
      hint: `${often} To raise the limit: sudo sysctl fs.inotify.max_user_watches=1048576`,
    };
  }
  if (code === 'EMFILE') {
    return {
      message: 'The system allows this user no more watchers (EMFILE).',
      hint: `${often} To raise the limit: sudo sysctl fs.inotify.max_user_instances=1024`,
    };
  }
  return { message: `The folder cannot be watched (${code ?? message}).`, hint: often };
}
