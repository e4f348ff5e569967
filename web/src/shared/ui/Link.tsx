import type { AnchorHTMLAttributes, Ref } from 'react';
import { navigate } from '@/app/router';

type Props = AnchorHTMLAttributes<HTMLAnchorElement> & { to: string; ref?: Ref<HTMLAnchorElement> };

/** A link to a place of the page: opens without a load, and in a new tab as every link does. */
export function Link({ to, onClick, ref, ...rest }: Props) {
  return (
    // eslint-disable-next-line jsx-a11y/anchor-has-content -- the content comes with the rest
    <a
      {...rest}
      ref={ref}
      href={to}
      onClick={(event) => {
        onClick?.(event);
        const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
        if (event.defaultPrevented || !plain) return;
        event.preventDefault();
        navigate(to);
      }}
    />
  );
}
