// Texts that would run script in a page that trusts one of them. Each calls __xss when it runs.
const run = '__xss(1)';

/** For every field that holds a line of text. */
export const lines = [
  `<script>${run}</script>`,
  `<img src=x onerror=${run}>`,
  `"><svg onload=${run}>`,
  `'"><img src=x onerror='${run}'>`,
  `</title><script>${run}</script>`,
  `<iframe srcdoc="<script>parent.${run}</script>">`,
  `{{constructor.constructor('${run}')()}}`,
  `\${${run}}`,
  `<a href="javascript:${run}">x</a>`,
  `\u202e<b onmouseover=${run}>\u2066`,
];

/** For messages, which hold Markdown. */
export const texts = [
  ...lines,
  `[link](javascript:${run})`,
  `[link](JaVaScRiPt:${run})`,
  `[link](java\tscript:${run})`,
  `[link](&#106;avascript:${run})`,
  `[link](data:text/html,<script>${run}</script>)`,
  `[link](vbscript:${run})`,
  `[link](mention:javascript:${run})`,
  `[link]( javascript:${run})`,
  `[ref]\n\n[ref]: javascript:${run}`,
  `![image](javascript:${run})`,
  `![image](data:image/svg+xml,<svg onload=${run}>)`,
  `![x](x" onerror="${run})`,
  `![x"onerror="${run}](x)`,
  `<javascript:${run}>`,
  `<https://a.example/"onmouseover="${run}>`,
  `https://a.example/"onmouseover="${run}`,
  `www.a.example/<script>${run}</script>`,
  `\`\`\`"><script>${run}</script>\n<img src=x onerror=${run}>\n\`\`\``,
  `\`\`\`html\n<img src=x onerror=${run}><script>${run}</script>\n\`\`\``,
  `\`<img src=x onerror=${run}>\``,
  `| <img src=x onerror=${run}> | b |\n| --- | --- |\n| [x](javascript:${run}) | <svg onload=${run}> |`,
  `- [ ] <img src=x onerror=${run}>`,
  `> <img src=x onerror=${run}>\n# <svg onload=${run}>`,
  `<details open ontoggle=${run}>`,
  `<math><mtext></form><form><mglyph><style></math><img src onerror=${run}>`,
  `<!--><img src=x onerror=${run}>-->`,
  `<style>@import 'javascript:${run}';</style>`,
  `<base href="javascript:${run}//">`,
  `<form action="javascript:${run}"><button>x</button></form>`,
  `[^1]\n\n[^1]: <img src=x onerror=${run}>`,
];

/** Runs in the page before its own code: what ran, and what the browser itself had to stop. */
export function watchScripts() {
  const found = [];
  Object.defineProperty(window, 'hostileFindings', { value: found });
  window.__xss = () => found.push('a script ran');
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
    if (violatedDirective.startsWith('script-src')) found.push(`stopped by the policy: ${blockedURI} ${sample}`);
  });
}

/** Runs in the page: addresses that are more than addresses, and elements that no text may make. */
export function suspicious() {
  const found = [...window.hostileFindings];
  for (const link of document.querySelectorAll('[href], [src], [action], [formaction]')) {
    for (const name of ['href', 'src', 'action', 'formaction']) {
      const value = link.getAttribute(name);
      if (value === null) continue;
      const { protocol } = new URL(value, location.href);
      const allowed = link.tagName === 'IMG' ? ['http:', 'https:', 'blob:', 'data:'] : ['http:', 'https:', 'mailto:', 'tel:', 'blob:'];
      if (!allowed.includes(protocol)) found.push(`${link.tagName} ${name}=${value}`);
    }
  }
  for (const element of document.querySelectorAll('#root *, [role=dialog] *')) {
    for (const { name } of element.attributes) if (name.startsWith('on')) found.push(`${element.tagName} with ${name}`);
    if (['SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'BASE', 'STYLE', 'MATH'].includes(element.tagName.toUpperCase())) found.push(element.tagName);
  }
  return found;
}
