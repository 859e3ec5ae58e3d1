// Every number and word that a lesson claims, asked of the engine.
import type { Lab } from '../../engine/index.ts';
import { type Answer, answerTo, type Question } from '../../models/ask.ts';
import { extremeChoice, pickedChoice, signOf } from '../../models/guess.ts';
import { asText } from '../../models/text.ts';
import type { Report } from '../problem.ts';
import { decimalsOf } from '../render.ts';
import type { Claim } from '../rendered.ts';

/** Both engines agree to about this much of a result's size; nearer to the edge of rounding nothing may be claimed. */
const agreement = 2e-6;

export function questionOf(attributes: Record<string, string>): Question {
  const { ask = '', a, b, rank, method, text, without } = attributes;
  return { ask, a, b, rank, method, text, without, keep: 'keep' in attributes };
}

export async function verifyClaims(claims: readonly Claim[], lab: () => Promise<Lab>, report: Report): Promise<number> {
  let asked = 0;
  let options: { line: number; value: number; text: string }[] = [];
  for (const claim of claims) {
    // A choice with pick asks through its options, which come just before it.
    if (claim.kind === 'predict' && claim.attributes.pick) {
      verifyPick(claim, options, report);
      options = [];
      continue;
    }
    if (!claim.attributes.ask) continue;
    asked++;
    const answer = await ask(claim, lab, report);
    if (!answer) continue;
    const value = typeof answer.value === 'number' && 'percent' in claim.attributes ? answer.value * 100 : answer.value;
    if (claim.kind === 'option') {
      if (typeof value === 'number') options.push({ line: claim.line, value, text: claim.text });
      else
        report.add(
          claim.line,
          `the option “${claim.text}” asks for a word`,
          'an option’s answer is a number, so that the largest or smallest can be told',
        );
    } else if (claim.kind === 'predict') verifyPrediction(claim, value, report);
    else verifyValue(claim, value, report);
  }
  return asked;
}

async function ask(claim: Claim, lab: () => Promise<Lab>, report: Report): Promise<Answer | null> {
  try {
    return await answerTo(questionOf(claim.attributes), lab);
  } catch (error) {
    const { code = '' } = error as { code?: string };
    report.add(
      claim.line,
      `ask="${claim.attributes.ask}": ${(error as Error).message}`,
      code === 'unknown-word' ? 'take a word of the vocabulary' : 'lessons/README.md lists what can be asked',
    );
    return null;
  }
}

function verifyValue(claim: Claim, value: number | string, report: Report): void {
  const { text, line, attributes } = claim;
  if (typeof value === 'string') {
    if (text.trim().toLowerCase() !== value.toLowerCase())
      report.add(line, `:value[${text}] is wrong: ${attributes.ask} is ${value}`, `write :value[${value}]`);
    return;
  }
  const plain = text
    .trim()
    .replaceAll('−', '-')
    .replace(/(\d)[,\s\u202f](?=\d{3}(\D|$))/g, '$1');
  const written = Number(plain);
  const digits = Number(attributes.digits ?? decimalsOf(plain));
  const right = asText(value, digits, true);
  if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain)) {
    report.add(line, `:value[${text}] holds no number, and ${attributes.ask} is ${right}`, `write :value[${right}]`);
    return;
  }
  const half = 0.5 * 10 ** -digits;
  const scale = Math.max(1, Math.abs(value));
  if (Math.abs(written - value) > half + 1e-9 * scale || Number(value.toFixed(digits)) !== Number(written.toFixed(digits))) {
    report.add(line, `:value[${text}] is wrong: ${attributes.ask} is ${right}`, `write :value[${right}], or correct what is asked`);
  } else if (!Number.isInteger(value) && half - Math.abs(written - value) < agreement * scale) {
    report.add(
      line,
      `:value[${text}] lies on the edge of rounding (${value})`,
      'write one decimal more or less: the two engines may round it differently',
    );
  }
}

function verifyPrediction(claim: Claim, value: number | string, report: Report): void {
  const { attributes, line, choices } = claim;
  if (attributes.kind === 'choice') {
    if (pickedChoice(choices, value) < 0)
      report.add(
        line,
        `the engine answers ${asText(value)}, which is none of the choices (${choices.join(', ')})`,
        'add it as a choice; for a number each choice holds exactly one number',
      );
  } else if (typeof value === 'string') report.add(line, `the engine answers a word, ${value}`, 'use kind=choice');
  else if (attributes.kind === 'number') {
    const [min, max] = [Number(attributes.min), Number(attributes.max)];
    if (!(value >= min && value <= max))
      report.add(
        line,
        `the engine answers ${asText(value)}, beyond the slider’s ${attributes.min} to ${attributes.max}`,
        'widen min and max',
      );
  } else {
    const near = Number(attributes.near ?? 0.05);
    if (signOf(value, near - agreement) !== signOf(value, near + agreement))
      report.add(line, `the engine answers ${value}, on the edge of “about zero”`, 'choose another near');
  }
}

function verifyPick(claim: Claim, options: readonly { line: number; value: number; text: string }[], report: Report): void {
  if (options.length < 2) report.add(claim.line, 'fewer than two options', 'give each choice as :option[text]{ask="…"}');
  else {
    const best =
      options[
        extremeChoice(
          options.map((one) => one.value),
          claim.attributes.pick as 'largest' | 'smallest',
        )
      ];
    const rivals = options.filter((one) => one !== best && Math.abs(one.value - (best?.value ?? 0)) < 1e-4);
    if (rivals.length > 0)
      report.add(claim.line, `“${best?.text}” and “${rivals[0]?.text}” are equal (${asText(best?.value)})`, 'ask about things that differ');
  }
}
