import { memo } from 'react';
import ReactMarkdown, { defaultUrlTransform, type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { navigate } from '@/app/router';
import { CodeBlock } from './CodeBlock';
import { useNamed } from './Markdown';
import { cut, type Named } from './mentions';

interface TreeNode {
  type: string;
  value?: string;
  url?: string;
  children?: TreeNode[];
}

const MENTION_URL = 'mention:';

/** Turns @names in the text into links of an inner kind, which become chips; code stays as it is. */
function remarkMentions(named: Named) {
  const walk = (node: TreeNode): void => {
    if (!node.children || node.type === 'link') return;
    node.children = node.children.flatMap((child) => {
      if (child.type !== 'text') {
        walk(child);
        return [child];
      }
      return cut(child.value ?? '', named).map(
        (piece): TreeNode =>
          'text' in piece
            ? { type: 'text', value: piece.text }
            : {
                type: 'link',
                url: `${MENTION_URL}${piece.me ? 'me' : 'other'}`,
                children: [{ type: 'text', value: piece.mention }],
              },
      );
    });
  };
  return () => walk;
}

const namedOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function parsed(href: string): URL | null {
  try {
    return new URL(href, window.location.href);
  } catch {
    return null;
  }
}

const keepUrl = (url: string): string => (url.startsWith(MENTION_URL) ? url : defaultUrlTransform(url));

const components: Components = {
  a: ({ href = '', children }) => {
    if (href.startsWith(MENTION_URL)) {
      return (
        <span className="mention" data-me={href === `${MENTION_URL}me`}>
          {children}
        </span>
      );
    }
    const url = parsed(href);
    if (url?.origin === window.location.origin) {
      const path = url.pathname + url.search;
      return (
        <a
          href={path}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            navigate(path);
          }}
        >
          {children}
        </a>
      );
    }
    return (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
        {children}
      </a>
    );
  },
  // A picture from elsewhere would tell its owner who reads: it stays a link.
  img: ({ src, alt }) => {
    const href = typeof src === 'string' ? src : '';
    return (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
        {alt === undefined || alt === '' ? href : alt}
      </a>
    );
  },
  pre: ({ node }) => {
    const code = node?.children[0];
    if (code?.type !== 'element') return null;
    const text = code.children.map((child) => (child.type === 'text' ? child.value : '')).join('');
    const classes = code.properties.className;
    const language = Array.isArray(classes) ? namedOf(classes[0]).replace(/^language-/, '') : '';
    return <CodeBlock text={text.replace(/\n$/, '')} language={language} />;
  },
};

/** Markdown as elements. There is no way from here to HTML: the parser makes a tree, React makes elements of it. */
const RichText = memo(function RichText({ text }: { text: string }) {
  const named = useNamed();
  return (
    <ReactMarkdown remarkPlugins={[remarkGfm, remarkMentions(named)]} components={components} urlTransform={keepUrl}>
      {text}
    </ReactMarkdown>
  );
});
export default RichText;
