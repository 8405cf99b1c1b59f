export function withExamples(text: string): string {
  return text;
}
