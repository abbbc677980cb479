/** A node of the demo's floor; lengths in centimetres from the upper left corner. */
export interface DemoNode {
  readonly label: string;
  readonly kind: 'TABLE' | 'STATION' | 'BAR' | 'PASS' | 'ENTRANCE';
  readonly seats: number;
  readonly shape: 'RECTANGLE' | 'ROUND';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const table = (number: number, seats: number): DemoNode => ({
  label: `T${number}`,
  kind: 'TABLE',
  seats,
  shape: seats === 2 ? 'ROUND' : 'RECTANGLE',
  x: 150 + ((number - 1) % 4) * 250,
  y: 150 + Math.floor((number - 1) / 4) * 230,
  width: seats === 6 ? 180 : 90,
  height: 90,
});

/** The dining room of every demo outlet: twelve tables, a bar, kitchen, pass and entrance. */
export const demoNodes: readonly DemoNode[] = [
  ...[2, 2, 4, 4, 4, 2, 6, 4, 2, 4, 6, 2].map((seats, index) => table(index + 1, seats)),
  { label: 'Bar', kind: 'BAR', seats: 0, shape: 'RECTANGLE', x: 1_200, y: 150, width: 80, height: 500 },
  { label: 'Kitchen', kind: 'STATION', seats: 0, shape: 'RECTANGLE', x: 150, y: 900, width: 900, height: 300 },
  { label: 'Pass', kind: 'PASS', seats: 0, shape: 'RECTANGLE', x: 450, y: 850, width: 300, height: 50 },
  { label: 'Entrance', kind: 'ENTRANCE', seats: 0, shape: 'RECTANGLE', x: 0, y: 400, width: 40, height: 160 },
];

/** Ways through the house: from, to, and what goes along. */
export const demoFlows = [
  ['Entrance', 'T1', 'GUEST'],
  ['Kitchen', 'Pass', 'FOOD'],
  ['Pass', 'T1', 'FOOD'],
  ['Bar', 'T1', 'FOOD'],
  ['T1', 'Kitchen', 'ORDER'],
] as const;
