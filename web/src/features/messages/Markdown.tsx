import { createContext, lazy, memo, Suspense, useContext } from 'react';
import { cut, type Named } from './mentions';

const Rich = lazy(() => import('./RichText'));

const nobody: Named = { handles: new Set(), mine: new Set() };
export const NamedContext = createContext<Named>(nobody);
export const useNamed = (): Named => useContext(NamedContext);

/** Signs that may mean more than themselves; what has none of them needs no parser. */
const SIGNS = /[*_`~#>|[\]!\\]|^\s*(?:[-+]|\d+[.)])\s|https?:\/\/|www\.|\S@\S|^\s{4}|---|===/m;
const ONLY_EMOJI = /^(?:\p{Extended_Pictographic}(?:\u{FE0F}|\u{200D}\p{Extended_Pictographic}|[\u{1F3FB}-\u{1F3FF}])*\s*){1,3}$/u;

function Plain({ text }: { text: string }) {
  const named = useNamed();
  return (
    <p className={ONLY_EMOJI.test(text) ? 'big' : undefined}>
      {cut(text, named).map((piece, index) =>
        'text' in piece ? (
          piece.text
        ) : (
          <span key={index} className="mention" data-me={piece.me}>
            {piece.mention}
          </span>
        ),
      )}
    </p>
  );
}

/** Text of a message. Markdown becomes elements, never HTML; the parser comes when the first sign of it does. */
export const Markdown = memo(function Markdown({ text, edited }: { text: string; edited?: string }) {
  const note = edited && <span className="edited">{edited}</span>;
  return (
    <div className={`md ${note ? '[&>p:last-of-type]:inline' : ''}`} dir="auto">
      {SIGNS.test(text) ? (
        <Suspense fallback={<p>{text}</p>}>
          <Rich text={text} />
        </Suspense>
      ) : (
        <Plain text={text} />
      )}
      {note}
    </div>
  );
});
