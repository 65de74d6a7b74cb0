/** The style of the page on which somebody signs in. It is a file of its own, since nothing may be inline. */
export const signInStyle = `:root { color-scheme: light dark; --line: light-dark(#c3c9d2, #454d5a);
  --quiet: light-dark(#535d6b, #a5afbd); --accent: light-dark(#0f766e, #4fd1c5); --wrong: light-dark(#b3141d, #ff9a9a); }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem 1rem;
  font: 1rem/1.5 system-ui, sans-serif; background: light-dark(#f7f8f9, #0f1318); color: light-dark(#1b222c, #e8ecf2); }
main { width: 100%; max-width: 28rem; padding: 1.75rem; border: 1px solid var(--line); border-radius: 0.75rem;
  background: light-dark(#ffffff, #171c23); }
h1 { margin: 0 0 0.5rem; font-size: 1.35rem; line-height: 1.3; }
p { margin: 0 0 1rem; }
fieldset { margin: 0 0 1.25rem; padding: 0; border: 0; }
legend, .field > label { padding: 0; font-weight: 600; }
.choice { display: flex; gap: 0.75rem; align-items: baseline; margin-top: 0.5rem; padding: 0.6rem 0.75rem;
  border: 1px solid var(--line); border-radius: 0.5rem; cursor: pointer; }
.choice:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.choice input { flex: none; accent-color: var(--accent); }
.choice small, .hint { display: block; color: var(--quiet); font-size: 0.875rem; }
.field { margin-bottom: 1.25rem; }
.field input { width: 100%; margin-top: 0.25rem; padding: 0.5rem 0.65rem; font: inherit; color: inherit;
  background: transparent; border: 1px solid light-dark(#79828f, #7c8696); border-radius: 0.4rem; }
.wrong { color: var(--wrong); font-weight: 600; }
button { width: 100%; padding: 0.65rem 1rem; font: inherit; font-weight: 600; color: light-dark(#ffffff, #10151c);
  background: var(--accent); border: 0; border-radius: 0.5rem; cursor: pointer; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;
