/** Who takes part, in the order of the tables; the first is what the others are compared with. */
export const contenderNames = ['stock over HTTP', 'ours over HTTP', 'stock in process', 'ours in process'] as const;

/** One of those who take part. */
export type ContenderName = (typeof contenderNames)[number];
