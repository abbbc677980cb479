/** Where an outlet of the demo is, as an ISO 3166 code. */
export type Country = 'IN' | 'AE' | 'PT';

/** A public holiday: its name and what an outlet does on it. */
export interface Holiday {
  readonly name: string;
  readonly trade: 'BUSY' | 'CLOSED';
}

// Those that are on the same date every year, by month and day.
const holidays: Readonly<Record<Country, Readonly<Record<string, Holiday>>>> = {
  IN: {
    '01-26': { name: 'Republic Day', trade: 'BUSY' },
    '08-15': { name: 'Independence Day', trade: 'BUSY' },
    '10-02': { name: 'Gandhi Jayanti', trade: 'BUSY' },
  },
  AE: {
    '01-01': { name: 'New Year', trade: 'BUSY' },
    '12-02': { name: 'National Day', trade: 'BUSY' },
    '12-03': { name: 'National Day holiday', trade: 'BUSY' },
  },
  PT: {
    '01-01': { name: 'Ano Novo', trade: 'CLOSED' },
    '04-25': { name: 'Dia da Liberdade', trade: 'BUSY' },
    '05-01': { name: 'Dia do Trabalhador', trade: 'BUSY' },
    '06-10': { name: 'Dia de Portugal', trade: 'BUSY' },
    '08-15': { name: 'Assunção de Nossa Senhora', trade: 'BUSY' },
    '10-05': { name: 'Implantação da República', trade: 'BUSY' },
    '11-01': { name: 'Todos os Santos', trade: 'BUSY' },
    '12-01': { name: 'Restauração da Independência', trade: 'BUSY' },
    '12-08': { name: 'Imaculada Conceição', trade: 'BUSY' },
    '12-25': { name: 'Natal', trade: 'CLOSED' },
  },
};

/** The public holiday of a country on a day ("2026-01-26"); null on every other day. */
export function holidayOn(country: Country, day: string): Holiday | null {
  return holidays[country][day.slice(5)] ?? null;
}
