// No letters that look like others: it is read aloud or copied by hand.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const IN_GROUP = 4;

/** A password for the first time: four groups of four, some 79 bits. */
export function makePassword(): string {
  const most = 256 - (256 % LETTERS.length);
  const letter = (): string => {
    for (;;) {
      const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
      // What would make the first letters more frequent is thrown away.
      if (byte < most) return LETTERS.charAt(byte % LETTERS.length);
    }
  };
  return Array.from({ length: GROUPS }, () => Array.from({ length: IN_GROUP }, letter).join('')).join('-');
}
