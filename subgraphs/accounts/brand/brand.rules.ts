import { BadUserInput, DomainError } from '../../../platform/domain/errors.js';
import { currencyDigits, parseMoney } from '../../../platform/domain/money.js';

/** From how many completed orders and how much spent a customer is of a tier; both must be reached. */
export interface TierThreshold {
  readonly orders: number;
  /** In the loyalty currency. */
  readonly spentMinor: number;
}

/** How a brand works. */
export interface BrandSettings {
  /** BCP 47, such as "en" or "hi-IN". */
  readonly defaultLocale: string;
  /** What customers' spending is counted in. */
  readonly loyaltyCurrency: string;
  /** Who has no order is NEW; who is below both is of no tier. */
  readonly regularTier: TierThreshold;
  readonly vipTier: TierThreshold;
}

/** A threshold as clients state it. */
export interface StatedThreshold {
  readonly orders: number;
  readonly spent: { readonly amount: string; readonly currency: string };
}

/** Settings to change; what is absent stays. */
export interface StatedSettings {
  readonly defaultLocale?: string | null;
  readonly loyaltyCurrency?: string | null;
  readonly regularTier?: StatedThreshold | null;
  readonly vipTier?: StatedThreshold | null;
}

const mostOrders = 100_000;
const defaultCurrency = 'USD';

/** The settings as they are in force: 3 orders and 100 spent make a customer regular, 10 and 1,000 a VIP, until the brand says otherwise. */
export function settingsOf({ settings }: { readonly settings: Partial<BrandSettings> | null }): BrandSettings {
  const loyaltyCurrency = settings?.loyaltyCurrency ?? defaultCurrency;
  const unit = 10 ** currencyDigits(loyaltyCurrency);
  return {
    defaultLocale: settings?.defaultLocale ?? 'en',
    loyaltyCurrency,
    regularTier: settings?.regularTier ?? { orders: 3, spentMinor: 100 * unit },
    vipTier: settings?.vipTier ?? { orders: 10, spentMinor: 1_000 * unit },
  };
}

/** What is kept of the settings after a change, only what was ever stated; throws BadUserInput or CURRENCY_MISMATCH naming the field. */
export function changedSettings(known: Partial<BrandSettings> | null, stated: StatedSettings): Partial<BrandSettings> {
  const { loyaltyCurrency: currencyBefore } = settingsOf({ settings: known });
  const loyaltyCurrency = stated.loyaltyCurrency ? requireCurrency(stated.loyaltyCurrency) : currencyBefore;
  const changed: { -readonly [Name in keyof BrandSettings]?: BrandSettings[Name] } = { ...known, loyaltyCurrency };
  if (stated.defaultLocale) changed.defaultLocale = requireLocale(stated.defaultLocale);
  for (const name of ['regularTier', 'vipTier'] as const) {
    const threshold = stated[name];
    if (threshold) changed[name] = requireThreshold(threshold, loyaltyCurrency, ['settings', name]);
    // An amount that was stated in another currency means another thing now.
    else if (known?.[name] && loyaltyCurrency !== currencyBefore)
      throw new DomainError('CURRENCY_MISMATCH', `State what it is in ${loyaltyCurrency}.`, ['settings', name]);
  }
  requireHigher(settingsOf({ settings: changed }));
  return changed;
}

function requireCurrency(currency: string): string {
  if (Intl.supportedValuesOf('currency').includes(currency)) return currency;
  throw new BadUserInput(`"${currency}" is not a currency of ISO 4217.`, ['settings', 'loyaltyCurrency']);
}

function requireLocale(text: string): string {
  const isWellFormed = /^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?$/.test(text);
  if (!isWellFormed || Intl.DateTimeFormat.supportedLocalesOf([text]).length === 0)
    throw new BadUserInput(`It is not a language such as "en" or "hi-IN".`, ['settings', 'defaultLocale']);
  return new Intl.Locale(text).baseName;
}

function requireThreshold({ orders, spent }: StatedThreshold, currency: string, field: readonly string[]) {
  if (orders < 1 || orders > mostOrders)
    throw new BadUserInput(`It must be between 1 and ${mostOrders} orders.`, [...field, 'orders']);
  if (spent.currency !== currency)
    throw new DomainError('CURRENCY_MISMATCH', `Expected ${currency}, got ${spent.currency}.`, [...field, 'spent']);
  const { amountMinor } = parseMoney(spent.amount, currency, [...field, 'spent', 'amount']);
  if (amountMinor < 0) throw new BadUserInput('It must not be negative.', [...field, 'spent', 'amount']);
  return { orders, spentMinor: amountMinor };
}

function requireHigher({ regularTier, vipTier }: BrandSettings): void {
  if (vipTier.orders < regularTier.orders)
    throw new BadUserInput('A VIP needs no fewer orders than a regular.', ['settings', 'vipTier', 'orders']);
  if (vipTier.spentMinor < regularTier.spentMinor)
    throw new BadUserInput('A VIP spends no less than a regular.', ['settings', 'vipTier', 'spent', 'amount']);
}
