// @vitest-environment happy-dom
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { parseCourse } from '../../../web/elements/course_map/course.ts';
import type { DotCourseMap } from '../../../web/elements/course_map/course_map.ts';
import '../../../web/elements/course_map/course_map.ts';
import { readCourse } from '../../../web/lessons/index.ts';
import { all, drawn, place, useFakeLab } from './dom.ts';

const text = (element: Element, selector: string) =>
  all(element, selector).map((one) => (one.textContent ?? '').replace(/\s+/g, ' ').trim());

describe('<dot-course-map>', () => {
  beforeEach(() => void useFakeLab());

  it('reads the course’s list as the lesson pipeline does', async () => {
    const wanted = (await readCourse()).map(({ id, number, title, status }) => ({ id, number, title, written: status === 'written' }));
    expect(parseCourse(readFileSync('lessons/course.yaml', 'utf8'))).toEqual(wanted);
  });

  it('shows thirteen nodes, links the lessons that are written, and unfolds a number in place', async () => {
    const element = await place<DotCourseMap>('<dot-course-map id="map" lessons="../"></dot-course-map>');
    await vi.waitFor(() => expect(text(element, 'li h3')[0]).toContain('Multiply, then sum'));
    expect(all(element, 'li')).toHaveLength(13);
    const written = (await readCourse()).filter(({ status }) => status === 'written').map(({ id }) => `../${id}/`);
    expect(all(element, 'h3 a').map((link) => link.getAttribute('href'))).toEqual(written);
    element.model.begin(); // as when a reader comes near
    await vi.waitFor(() => expect(text(element, 'li .num')[0]).toBe('32'));
    all<HTMLButtonElement>(element, 'li .num')[0]?.click();
    await drawn(10);
    expect(element.shadowRoot?.querySelector('dot-unfold')?.getAttribute('address')).toBe('pair/dot');
  });

  it('leads a line to each node that crosses no card: beside the middle straight, to the others through the gaps of the columns', async () => {
    vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(800);
    const element = await place<DotCourseMap>('<dot-course-map id="map"></dot-course-map>');
    vi.restoreAllMocks();
    const turns = all(element, '.map polyline').map((line) => (line.getAttribute('points') ?? '').split(' ').slice(1, -1));
    expect(turns.map((places) => places.length)).toEqual([2, 0, 2, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1]);
    expect([...new Set(turns.flat().map((place) => Number.parseFloat(place)))].sort()).toEqual([32.6, 67.4]);
  });

  it('links nothing where it is not told the way, and loads no words unasked', async () => {
    const lab = useFakeLab();
    const loaded = vi.fn();
    Object.assign(lab, { vectors: loaded });
    const element = await place<DotCourseMap>('<dot-course-map id="map"></dot-course-map>');
    element.model.begin();
    await vi.waitFor(() => expect(text(element, 'li .num').length).toBeGreaterThan(2));
    expect(all(element, 'a')).toEqual([]);
    expect(loaded).not.toHaveBeenCalled();
    expect(text(element, '.do')).toEqual(['Load the word vectors too']);
    // This small engine cannot train: those nodes say so, and offer another try.
    await vi.waitFor(() => expect(text(element, 'li').filter((node) => node.includes('no number:')).length).toBeGreaterThan(2));
    expect(text(element, 'li').join(' ')).not.toMatch(/NaN|undefined/);
  });
});
