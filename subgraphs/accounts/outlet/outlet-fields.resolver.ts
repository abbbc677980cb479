import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { formatPercent } from '../../../platform/domain/percent.js';
import { detailsOf } from '../../../platform/replicas/outlet-details.js';
import { isOpenAt } from '../../../platform/replicas/outlet-hours.rules.js';
import {
  OutletAddress,
  OutletSettings,
  ServiceCharge,
  SpecialDay,
  TaxRule,
  WeekdayHours,
} from './outlet-details.graphql.js';
import { isTrading, type OutletEntity } from './outlet.entity.js';
import { Outlet } from './outlet.graphql.js';

/** What an outlet tells besides its own columns. */
@Resolver(() => Outlet)
export class OutletFieldsResolver {
  @FieldResolver(() => Boolean, { description: 'Whether it takes orders at all: it is active and so is its brand.' })
  isTrading(@Root() outlet: OutletEntity): boolean {
    return isTrading(outlet);
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether it trades and is open, now or at another time, by its own clock.',
  })
  isOpen(
    @Root() outlet: OutletEntity,
    @Ctx() { clock }: Context,
    @Arg('at', () => Date, { nullable: true, description: 'When; now if absent.' }) at?: Date | null,
  ): boolean {
    return isTrading(outlet) && isOpenAt({ ...detailsOf(outlet), timeZone: outlet.timeZone }, at ?? clock.now());
  }

  @FieldResolver(() => OutletAddress, { nullable: true, description: 'Where it is; null until it is told.' })
  address(@Root() outlet: OutletEntity): object | null {
    return detailsOf(outlet).address;
  }

  @FieldResolver(() => [WeekdayHours], {
    description:
      'Its hours by day of the week, a day that is absent is closed; empty until they are told, which is open whenever it trades.',
  })
  openingHours(@Root() outlet: OutletEntity): readonly object[] {
    return detailsOf(outlet).openingHours;
  }

  @FieldResolver(() => [SpecialDay], { description: 'Days with hours of their own, by date; at most 200.' })
  specialDays(@Root() outlet: OutletEntity): readonly object[] {
    return detailsOf(outlet).specialDays;
  }

  @FieldResolver(() => [TaxRule], { description: 'Taxes on what it sells; at most 50.' })
  taxRules(@Root() outlet: OutletEntity): readonly object[] {
    return detailsOf(outlet).taxRules.map(withPercent);
  }

  @FieldResolver(() => [ServiceCharge], { description: 'Charges it adds to orders; at most 10.' })
  serviceCharges(@Root() outlet: OutletEntity): readonly object[] {
    return detailsOf(outlet).serviceCharges.map(withPercent);
  }

  @FieldResolver(() => OutletSettings, { description: 'How it works.' })
  settings(@Root() outlet: OutletEntity): object {
    return detailsOf(outlet).settings;
  }
}

function withPercent({ ratePpm, ...rest }: { readonly ratePpm: number }): object {
  return { ...rest, ratePercent: formatPercent(ratePpm) };
}
