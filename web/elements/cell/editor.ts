// The editor proper, loaded when a reader comes near a cell; until then, and where it fails to load, a plain textarea serves.
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';

export interface EditorOptions {
  parent: HTMLElement;
  root: ShadowRoot | Document;
  code: string;
  label: string;
  onChange(code: string): void;
  onRun(): void;
}

export interface Editor {
  /** Puts other code in, without moving the cursor where it is the same. */
  set(code: string): void;
  /** Marks a line, counted from 1; 0 for none. */
  mark(line: number): void;
  focus(): void;
  destroy(): void;
}

const highlight = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.controlKeyword], fontWeight: '600' },
  { tag: tags.comment, color: 'var(--soft, #5b5d64)', fontStyle: 'italic' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--b, #4d7212)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--a, #8a3ea8)' },
]);

const look = EditorView.theme({
  '&': { fontSize: 'inherit', backgroundColor: 'transparent', color: 'inherit' },
  '&.cm-focused': { outline: '2px solid var(--touch, #0b7365)', outlineOffset: '2px' },
  '.cm-scroller': { fontFamily: 'var(--mono, ui-monospace, monospace)', lineHeight: '1.6' },
  '.cm-content': { padding: '10px 0', caretColor: 'var(--ink, #1d1e21)' },
  '.cm-line': { padding: '0 10px 0 0' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--soft, #5b5d64)', border: '0' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '36px', padding: '0 12px 0 0' },
  '.cm-cursor': { borderLeftColor: 'var(--ink, #1d1e21)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--line, #d9d6cd)',
  },
  '.failed-line': { backgroundColor: 'var(--pos-wash, #fbe7d5)' },
});

const markLine = StateEffect.define<number>();
const marked = StateField.define({
  create: () => Decoration.none,
  update(decorations, transaction) {
    let next = transaction.docChanged ? Decoration.none : decorations;
    for (const effect of transaction.effects) {
      if (!effect.is(markLine)) continue;
      const fits = effect.value >= 1 && effect.value <= transaction.state.doc.lines;
      next = fits
        ? Decoration.set([Decoration.line({ class: 'failed-line' }).range(transaction.state.doc.line(effect.value).from)])
        : Decoration.none;
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export function createEditor({ parent, root, code, label, onChange, onRun }: EditorOptions): Editor {
  const run = () => {
    onRun();
    return true;
  };
  const view = new EditorView({
    parent,
    root,
    state: EditorState.create({
      doc: code,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        indentUnit.of('  '),
        indentOnInput(),
        bracketMatching(),
        javascript(),
        syntaxHighlighting(highlight),
        look,
        marked,
        // Tab leaves the editor, as everywhere on the page; it indents nothing.
        keymap.of([{ key: 'Mod-Enter', run }, ...defaultKeymap, ...historyKeymap]),
        EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', autocapitalize: 'off' }),
        EditorView.lineWrapping,
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    set(next) {
      if (view.state.doc.toString() !== next) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } });
    },
    mark: (line) => view.dispatch({ effects: markLine.of(line) }),
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}
