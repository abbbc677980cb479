import type { Country } from './holidays.js';

/** The people every demo brand has, by what they are called in demo.json. */
export const demoPeople = [
  { key: 'owner', role: 'OWNER', where: 'BRAND' },
  { key: 'admin', role: 'ADMIN', where: 'BRAND' },
  { key: 'manager', role: 'MANAGER', where: 'BRAND' },
  { key: 'waiter', role: 'WAITER', where: 'EVERY_OUTLET' },
  { key: 'chef', role: 'CHEF', where: 'EVERY_OUTLET' },
  { key: 'analyst', role: 'ANALYST', where: 'BRAND' },
  { key: 'customer', role: 'CUSTOMER', where: 'BRAND' },
] as const;

export type DemoPerson = (typeof demoPeople)[number]['key'];

/** An outlet of the demo; `rate` turns the menu's rupees into its currency, `step` is what its prices end in, in minor units. */
export interface DemoOutlet {
  readonly name: string;
  readonly city: string;
  readonly country: Country;
  readonly currency: string;
  readonly timeZone: string;
  readonly cutOff: string;
  readonly rate: number;
  readonly step: number;
  /** Orders on an average day of now. */
  readonly ordersPerDay: number;
}

/** A brand of the demo. */
export interface DemoBrand {
  readonly name: string;
  readonly mailDomain: string;
  readonly names: Readonly<Record<DemoPerson, string>>;
  readonly outlets: readonly DemoOutlet[];
}

/** Two brands, so that everybody can see that neither sees the other. */
export const demoBrands: readonly DemoBrand[] = [
  {
    name: 'Demo Restaurant Group',
    mailDomain: 'demo-restaurants.example',
    names: {
      owner: 'Meera Iyer',
      admin: 'Arjun Rao',
      manager: 'Priya Nair',
      waiter: 'Rohan Desai',
      chef: 'Sanjay Kulkarni',
      analyst: 'Anita Bose',
      customer: 'Kavya Menon',
    },
    outlets: [
      {
        name: 'Downtown Cafe',
        city: 'Mumbai',
        country: 'IN',
        currency: 'INR',
        timeZone: 'Asia/Kolkata',
        cutOff: '04:00',
        rate: 1,
        step: 500,
        ordersPerDay: 62,
      },
      {
        name: 'Marina Bistro',
        city: 'Dubai',
        country: 'AE',
        currency: 'AED',
        timeZone: 'Asia/Dubai',
        cutOff: '05:00',
        rate: 0.12,
        step: 50,
        ordersPerDay: 44,
      },
    ],
  },
  {
    name: 'Harbour Kitchen',
    mailDomain: 'harbour-kitchen.example',
    names: {
      owner: 'Inês Duarte',
      admin: 'Tiago Lopes',
      manager: 'Marta Reis',
      waiter: 'João Pinto',
      chef: 'Rui Tavares',
      analyst: 'Clara Matos',
      customer: 'Sofia Neves',
    },
    outlets: [
      {
        name: 'Quayside',
        city: 'Lisbon',
        country: 'PT',
        currency: 'EUR',
        timeZone: 'Europe/Lisbon',
        cutOff: '03:00',
        rate: 0.034,
        step: 10,
        ordersPerDay: 38,
      },
    ],
  },
];
