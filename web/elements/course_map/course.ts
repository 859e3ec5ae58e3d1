// The lessons as the course's own list has them: titles, and which are written.
export interface CourseLine {
  id: string;
  number: number;
  title: string;
  written: boolean;
}

/** The list is a part of the program, loaded when it is wanted. */
export async function course(): Promise<CourseLine[]> {
  const { default: text } = await import('../../../lessons/course.yaml?raw');
  return parseCourse(text);
}

/** Reads the entries of course.yaml, whose form the lesson check holds: one `key: value` to a line, entries begin with `- id`. */
export function parseCourse(text: string): CourseLine[] {
  return text
    .split(/^\s*-\s+(?=id:)/m)
    .slice(1)
    .map((entry) => {
      const field = (name: string) =>
        new RegExp(`^\\s*${name}:\\s*(.*?)\\s*$`, 'm').exec(entry)?.[1]?.replace(/^(["'])(.*)\1$/, '$2') ?? '';
      return { id: field('id'), number: Number(field('number')), title: field('title'), written: field('status') === 'written' };
    });
}
