/** Persons cannot be told from the background here: a camera that was to be blurred stays off. */
export class BlurError extends Error {
  constructor(cause: unknown) {
    super('the background cannot be blurred', { cause });
    this.name = 'BlurError';
  }
}
