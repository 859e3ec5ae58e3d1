// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { placeOf } from '../../../web/site/client/place.ts';
import { progressText, showProgress } from '../../../web/site/client/progress_marks.ts';
import { chooseTheme, followTheme, rememberedTheme } from '../../../web/site/client/theme.ts';

const root = document.documentElement;

beforeEach(() => {
  vi.restoreAllMocks();
  localStorage.clear();
  delete root.dataset.theme;
  document.body.innerHTML = ['light', 'system', 'dark'].map((value) => `<input type="radio" name="theme" value="${value}">`).join('');
});

describe('the theme', () => {
  it('is the system’s until one is chosen', () => {
    expect(rememberedTheme()).toBe('system');
    followTheme();
    expect(document.querySelector<HTMLInputElement>(':checked')?.value).toBe('system');
  });
  it('is shown, remembered and forgotten', () => {
    chooseTheme('dark');
    expect([root.dataset.theme, rememberedTheme()]).toEqual(['dark', 'dark']);
    chooseTheme('system');
    expect([root.dataset.theme, rememberedTheme(), localStorage.length]).toEqual([undefined, 'system', 0]);
  });
  it('takes nothing from storage that is no theme', () => {
    localStorage.setItem('dot-by-dot:theme', 'purple');
    expect(rememberedTheme()).toBe('system');
  });
  it('can be chosen where storage is refused', () => {
    vi.stubGlobal('localStorage', {
      getItem: () => {
        throw new DOMException('refused', 'SecurityError');
      },
      setItem: () => {
        throw new DOMException('refused', 'SecurityError');
      },
    });
    expect(rememberedTheme()).toBe('system');
    chooseTheme('dark');
    expect(root.dataset.theme).toBe('dark');
    vi.unstubAllGlobals();
  });
});

describe('progress on the home page', () => {
  it.each([
    [0, 0, 4, ''],
    [1, 0, 4, '1 of 4 solved'],
    [2, 1, 4, '2 of 4 solved, 1 answer seen'],
    [0, 2, 4, '2 answers seen'],
    [4, 0, 4, 'all 4 solved'],
    [5, 0, 4, 'all 4 solved'],
    [0, 0, 0, ''],
  ])('%i solved, %i seen of %i: %j', (solved, seen, checks, text) => expect(progressText(solved, seen, checks)).toBe(text));
  it('reads what is kept', () => {
    localStorage.setItem('dot-by-dot/some-lesson', JSON.stringify({ seed: 7, checks: { one: 'right', two: 'shown' }, guesses: {} }));
    document.body.innerHTML = '<span data-progress="some-lesson" data-checks="3"></span>';
    showProgress(document.querySelectorAll<HTMLElement>('[data-progress]'));
    expect(document.body.textContent).toBe('1 of 3 solved, 1 answer seen');
  });
});

describe('the reader’s place', () => {
  const block = (top: number, height: number) => ({ getBoundingClientRect: () => ({ top, bottom: top + height }) }) as unknown as Element;
  it('is the first block that reaches into the window, and where it stands', () => {
    expect(placeOf([block(-900, 300), block(-200, 500), block(300, 20)])).toEqual({ block: 1, top: -200 });
    expect(placeOf([block(-900, 300)])).toBeNull();
  });
  it('passes over what is hidden', () => expect(placeOf([block(0, 0), block(40, 20)])).toEqual({ block: 1, top: 40 }));
});
