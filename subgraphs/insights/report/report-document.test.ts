import { createPdfRenderer } from '../../../platform/documents/pdf-renderer.js';
import { readPdfPages } from '../../../platform/documents/pdf-text.js';
import { daysBetween } from '../../../platform/domain/business-day.js';
import { salesReportRequest, type SalesDocument } from './report.document.js';

const renderer = createPdfRenderer();
afterAll(() => renderer.close());

const outlet = { name: 'Downtown Cafe', currency: 'INR', timeZone: 'Asia/Kolkata', cutOff: '04:00' };
const madeAt = new Date('2026-03-14T18:02:00Z');
const empty: SalesDocument = {
  outlet,
  range: { from: '2026-03-14', to: '2026-03-14' },
  days: [],
  topItems: [],
  hours: [],
  madeAt,
};

function documentOf(from: string, to: string, facts: Partial<SalesDocument> = {}): SalesDocument {
  const days = daysBetween(from, to).map((businessDay) => ({
    businessDay,
    salesMinor: 123_450,
    orders: 3,
    covers: 5,
    payments: [{ method: 'CASH', amountMinor: 120_050, count: 3 }],
  }));
  return { ...empty, range: { from, to }, days, hours: null, ...facts };
}

const pagesOf = async (document: SalesDocument) => readPdfPages(await renderer.render(salesReportRequest(document)));

describe('the pages of a sales report', () => {
  it('INS-02 show outlet, range, figures, every business day and the grand totals', async () => {
    const [page = ''] = await pagesOf(
      documentOf('2026-03-08', '2026-03-14', {
        topItems: [{ menuItemId: 'm', name: 'Dosa', quantity: 12, salesMinor: 90_000 }],
      }),
    );

    expect(page).toContain('SALES REPORT Downtown Cafe Sun, 8 Mar 2026 – Sat, 14 Mar 2026');
    expect(page).toContain('Sales by business day');
    expect(page).toContain('Sun, 8 Mar 2026 3 5 ₹1,234.50 ₹1,200.50');
    expect(page).toContain('Sat, 14 Mar 2026 3 5 ₹1,234.50 ₹1,200.50 Total 21 35 ₹8,641.50 ₹8,403.50');
    expect(page).toContain('Cash ₹8,403.50 21 payments Total paid ₹8,403.50');
    expect(page).toContain('1 Dosa × 12 ₹900.00');
    expect(page).toContain('Made on 14 Mar 2026 at 23:32 (+05:30)');
    expect(page).toContain('Page 1 of 1');
  });

  it('of a year repeat the table header on each page, number the pages and chart weeks', async () => {
    const pages = await pagesOf(documentOf('2024-01-01', '2024-12-31'));

    const tablePages = pages.filter((page) => /\b2024 3 5 ₹/.test(page));
    expect(tablePages.length).toBeGreaterThan(5);
    expect(tablePages.every((page) => page.includes('Business day Orders Guests Sales Paid'))).toBe(true);
    expect(pages.every((page, index) => page.includes(`Page ${index + 1} of ${pages.length}`))).toBe(true);
    expect(pages[0]).toContain('Sales by week');
    expect(pages.join(' ')).toContain('Total 1,098 1,830 ₹4,51,827.00 ₹4,39,383.00');
  });

  it('of one day chart its hours', async () => {
    const hours = Array.from({ length: 24 }, (_, hour) => ({ hour, orders: 1, salesMinor: hour * 100 }));

    const [page = ''] = await pagesOf(documentOf('2026-03-14', '2026-03-14', { hours }));

    expect(page).toContain('Sales by hour');
    expect(page).toMatch(/00:00 .*12:00 .*22:00/);
  });

  it('of days without sales say so', async () => {
    const quiet = { businessDay: '2026-03-14', salesMinor: 0, orders: 0, covers: 0, payments: [] };

    const [page = ''] = await pagesOf({ ...empty, days: [quiet] });

    expect(page).toContain('Average order –');
    expect(page).toContain('No payments. Total paid ₹0.00');
    expect(page).toContain('Nothing was sold.');
  });

  it.each([
    '#panic("x")',
    '<script>alert(1)</script>',
    'file:///etc/passwd',
    '=SUM(A1)',
    'a\u0000b',
    'مطعم بيروت',
    '$x$ *b* _i_ `r` \\',
  ])('S23 print the name %p as it is, and nothing of it is run', async (name) => {
    const pages = await pagesOf(
      documentOf('2026-03-14', '2026-03-14', {
        outlet: { ...outlet, name },
        topItems: [{ menuItemId: 'm', name, quantity: 1, salesMinor: 1 }],
      }),
    );

    expect(pages).toHaveLength(1);
    if (/^[ -~]+$/.test(name)) expect(pages[0]).toContain(`1 ${name} × 1`);
  });
});
